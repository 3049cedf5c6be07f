// One column: its count, and as many of its cards as one can see; more are read as it scrolls.

import { memo, useEffect, useId, useMemo } from "react";
import type { TaskFilter } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import type { Group } from "@/lib/tasks/groups";
import type { ListSpec } from "@/lib/tasks/list-spec";
import { show } from "@/lib/tasks/shown";
import { useCount } from "@/lib/tasks/use-counts";
import { useTaskList } from "@/lib/tasks/use-task-list";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import classes from "./board.module.css";
import { CardList } from "./card-list";

const pageSize = 30;

interface Props {
  group: Group;
  filter: TaskFilter;
  open: string | undefined;
}

export const BoardColumn = memo(function BoardColumn({ group, filter, open }: Props) {
  const headingId = useId();
  const spec = useMemo<ListSpec>(
    () => ({ filter: { ...filter, status: [...group.statuses] }, order: group.order }),
    [filter, group],
  );
  return (
    <section className={classes.column} aria-labelledby={headingId}>
      <h2 className={classes.heading}>
        <i style={{ background: group.color }} />
        <span id={headingId}>{group.title}</span>
        <Count spec={spec} />
      </h2>
      <Cards group={group} spec={spec} open={open} />
    </section>
  );
});

function Count({ spec }: { spec: ListSpec }) {
  return <span className={classes.count}>{useCount(spec.filter)?.toLocaleString("en")}</span>;
}

function Cards({ group, spec, open }: { group: Group; spec: ListSpec; open: string | undefined }) {
  const { list, error, isOld, loadMore, loadAgain, refetch } = useTaskList(spec, pageSize);
  const tasks = list?.items;
  useEffect(() => {
    if (tasks) show(group.id, tasks);
  }, [group.id, tasks]);
  useEffect(() => () => show(group.id, undefined), [group.id]);
  if (tasks === undefined) {
    return error ? <Failure order={2} message={messageOf(error)} again={refetch} /> : <Loading label={group.title} />;
  }
  if (tasks.length === 0 && !isOld) return <p className={classes.empty}>{group.empty}</p>;
  return (
    <CardList label={group.title} tasks={tasks} open={open} isOld={isOld} loadMore={loadMore} loadAgain={loadAgain} />
  );
}
