// On a narrow screen: which column is shown, as links with counts, so that the choice is in the address.
import { Link } from "@tanstack/react-router";
import type { TaskFilter } from "@/generated/graphql";
import { type Group, groups } from "@/lib/tasks/groups";
import { parseSearch } from "@/lib/tasks/search";
import { useCount } from "@/lib/tasks/use-counts";
import { useTaskSearch } from "@/lib/tasks/use-search";
import classes from "./board.module.css";

/** The chosen column; else the one where something is going on. */
export function useColumn(filter: TaskFilter): Group {
  const [{ column }] = useTaskSearch();
  const running = useCount({ ...filter, status: [...inProgress.statuses] });
  return groups.find((group) => group.id === column) ?? ((running ?? 0) > 0 ? inProgress : notStarted);
}

const byId = (id: string): Group => {
  const group = groups.find((one) => one.id === id);
  if (group === undefined) throw new Error(`no column ${id}`);
  return group;
};
const notStarted = byId("notStarted");
const inProgress = byId("inProgress");

export function ColumnChoice({ current, filter }: { current: Group; filter: TaskFilter }) {
  return (
    <nav className={classes.choice} aria-label="Columns">
      {groups.map((group) => (
        <Choice key={group.id} group={group} filter={filter} current={group === current} />
      ))}
    </nav>
  );
}

function Choice({ group, filter, current }: { group: Group; filter: TaskFilter; current: boolean }) {
  const count = useCount({ ...filter, status: [...group.statuses] });
  return (
    <Link
      to="."
      search={(before) => parseSearch({ ...before, column: group.id })}
      replace
      className={classes.tab}
      aria-current={current ? "true" : undefined}
    >
      <i style={{ background: group.color }} />
      {group.title} <span>{count?.toLocaleString("en")}</span>
    </Link>
  );
}
