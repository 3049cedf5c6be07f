// The table: dense, sorted by the server, with a selection and what can be done to all of it at once.
import { useEffect, useMemo, useState } from "react";
import type { TaskFilter } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import type { ListSpec } from "@/lib/tasks/list-spec";
import { orderOf } from "@/lib/tasks/search";
import { show } from "@/lib/tasks/shown";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { useTaskList } from "@/lib/tasks/use-task-list";
import { useTitle } from "@/lib/title";
import { useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { BulkBar } from "./bulk-bar";
import { isEmpty, keepHeld, nothing, type Selection } from "./selection";
import { TaskTable } from "./task-table";

const pageSize = 60;

interface Props {
  filter: TaskFilter;
  open: string | undefined;
}

export function TablePage({ filter, open }: Props) {
  const { name } = useWorkspace();
  const [{ sort }] = useTaskSearch();
  useTitle(open === undefined ? "Table" : undefined, name);
  const spec = useMemo<ListSpec>(() => ({ filter, order: orderOf(sort) }), [filter, sort]);
  const live = useTaskList(spec, pageSize);
  const tasks = live.list?.items;
  useEffect(() => {
    if (tasks) show("table", tasks);
  }, [tasks]);
  useEffect(() => () => show("table", undefined), []);
  const [selection, setSelection] = useSelection(filter, live.list?.items);
  if (tasks === undefined) {
    if (live.error) return <Failure order={2} message={messageOf(live.error)} again={live.refetch} />;
    return <Loading label="Tasks" />;
  }
  return (
    <>
      <TaskTable tasks={tasks} live={live} open={open} selection={selection} select={setSelection} />
      {!isEmpty(selection) && <BulkBar selection={selection} select={setSelection} tasks={tasks} filter={filter} />}
    </>
  );
}

/** Chosen tasks stay chosen while the table changes; another filter begins anew. */
function useSelection(
  filter: TaskFilter,
  tasks: Parameters<typeof keepHeld>[1] | undefined,
): [Selection, (next: Selection) => void] {
  const [chosen, setChosen] = useState<{ filter: TaskFilter; selection: Selection }>({ filter, selection: nothing });
  const selection = chosen.filter === filter ? chosen.selection : nothing;
  const kept = useMemo(() => keepHeld(selection, tasks ?? []), [selection, tasks]);
  return [kept, (next) => setChosen({ filter, selection: next })];
}
