// What can be done to all that is chosen. The same actions as everywhere; which tasks they fit is found out before anything is done.
import { Button, CloseButton } from "@mantine/core";
import type { TaskAction, TaskFilter, TaskRowFragment } from "@/generated/graphql";
import { useAway } from "@/lib/connection";
import { type BulkTarget, useAct } from "@/lib/tasks/act";
import { actions } from "@/lib/tasks/actions";
import { useCount } from "@/lib/tasks/use-counts";
import { aRole, atLeast, useWorkspace } from "@/lib/workspace";
import { Icon } from "@/ui/icon";
import { nothing, type Selection } from "./selection";
import classes from "./table.module.css";

interface Props {
  selection: Selection;
  select: (next: Selection) => void;
  tasks: readonly TaskRowFragment[];
  filter: TaskFilter;
}

export function BulkBar({ selection, select, tasks, filter }: Props) {
  const count = useCount(filter) ?? tasks.length;
  const chosen = selection.all ? count : selection.ids.size;
  const target = targetOf(selection, tasks, filter, count);
  return (
    <section className={classes.bulk} aria-label="What is selected">
      <span role="status">
        <b>{chosen.toLocaleString("en")}</b> selected
      </span>
      {!selection.all && selection.ids.size === tasks.length && count > tasks.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => select({ all: true })}>
          Select all {count.toLocaleString("en")} that match
        </Button>
      )}
      <span className={classes.space} />
      <Deeds target={target} done={() => select(nothing)} />
      <CloseButton aria-label="Select nothing" onClick={() => select(nothing)} />
    </section>
  );
}

function Deeds({ target, done }: { target: BulkTarget; done: () => void }) {
  const act = useAct();
  const away = useAway();
  const { viewerRole } = useWorkspace();
  const refused = (needed: "OPERATOR" | "EDITOR") =>
    atLeast(viewerRole, needed) ? undefined : `You are ${aRole(viewerRole)} here; this needs ${needed}.`;
  const button = (id: TaskAction | "DELETE", label: string, icon: (typeof actions)[number]["icon"] | "trash") => {
    const why = refused(id === "DELETE" ? "EDITOR" : "OPERATOR");
    return (
      <Button
        key={id}
        size="compact-sm"
        variant="default"
        leftSection={<Icon name={icon} size={12} />}
        disabled={away || why !== undefined}
        title={why}
        onClick={() => act.bulk(target, id, done)}
      >
        {label}
      </Button>
    );
  };
  return (
    <>
      {actions.map(({ id, label, icon }) => button(id, label, icon))}
      {button("DELETE", "Delete", "trash")}
    </>
  );
}

function targetOf(
  selection: Selection,
  tasks: readonly TaskRowFragment[],
  filter: TaskFilter,
  count: number,
): BulkTarget {
  const titles = new Map(tasks.map((task) => [task.id, task.title]));
  if (selection.all) return { label: `all ${count.toLocaleString("en")} that match`, ids: null, filter, titles };
  const ids = [...selection.ids];
  return { label: ids.length === 1 ? "1 task" : `${ids.length} tasks`, ids, filter: null, titles };
}
