// The board: a column per group, or one of them at a time on a narrow screen.
import { useMediaQuery } from "@mantine/hooks";
import type { TaskFilter } from "@/generated/graphql";
import { type Group, groups } from "@/lib/tasks/groups";
import { useTitle } from "@/lib/title";
import { useWorkspace } from "@/lib/workspace";
import classes from "./board.module.css";
import { BoardColumn } from "./board-column";
import { ColumnChoice, useColumn } from "./column-choice";

interface Props {
  filter: TaskFilter;
  /** The id of the task that is open beside the board. */
  open: string | undefined;
}

export function BoardPage({ filter, open }: Props) {
  const { name } = useWorkspace();
  useTitle(open === undefined ? "Board" : undefined, name);
  const narrow = useMediaQuery("(max-width: 48em)", window.innerWidth <= 768);
  return narrow ? <Narrow filter={filter} open={open} /> : <Wide filter={filter} open={open} />;
}

function Wide({ filter, open }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={classes.board} aria-label="Board" tabIndex={0}>
      {groups.map((group) => (
        <BoardColumn key={group.id} group={group} filter={filter} open={open} />
      ))}
    </section>
  );
}

function Narrow({ filter, open }: Props) {
  const group: Group = useColumn(filter);
  return (
    <section className={classes.narrow} aria-label="Board">
      <ColumnChoice current={group} filter={filter} />
      <BoardColumn key={group.id} group={group} filter={filter} open={open} />
    </section>
  );
}
