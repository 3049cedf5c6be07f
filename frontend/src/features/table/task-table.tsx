// The rows that can be seen, under headings that sort; empty rows above and below stand for the others. A true table, with its true count.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useDeferredValue, useEffect, useRef } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { useScrollToCursor } from "@/lib/tasks/use-cursor";
import type { LiveList } from "@/lib/tasks/use-task-list";
import { isChosen, type Selection } from "./selection";
import classes from "./table.module.css";
import { TableHead } from "./table-head";
import { TaskRow } from "./task-row";
import { useChoose } from "./use-choose";

const rowHeight = 39;
const tallRowHeight = 59;

interface Props {
  tasks: readonly TaskRowFragment[];
  live: LiveList;
  open: string | undefined;
  selection: Selection;
  select: (next: Selection) => void;
}

export function TaskTable({ tasks, live, open, selection, select }: Props) {
  const box = useRef<HTMLElement>(null);
  const narrow = useMediaQuery("(max-width: 48em)", window.innerWidth <= 768);
  const { items, before, after } = useRows(tasks, box, narrow ? tallRowHeight : rowHeight, live.loadMore);
  const choose = useChoose(tasks, selection, select);
  return (
    <section ref={box} className={classes.scroll} data-old={live.isOld || undefined} aria-label="Table of tasks">
      <table className={classes.table} aria-rowcount={live.list?.hasMore ? -1 : tasks.length + 1}>
        <TableHead tasks={tasks} narrow={narrow} selection={selection} select={select} />
        <tbody>
          <Space height={before} />
          {items.map(({ index }) => {
            const task = tasks[index];
            const state = { isOpen: task?.id === open, isChosen: task !== undefined && isChosen(selection, task.id) };
            return (
              task && <TaskRow key={task.id} task={task} index={index} narrow={narrow} choose={choose} {...state} />
            );
          })}
          <Space height={after} />
        </tbody>
      </table>
      {live.loadAgain && (
        <Button size="xs" variant="default" m="sm" onClick={live.loadAgain}>
          More could not be loaded. Try again
        </Button>
      )}
    </section>
  );
}

function Space({ height }: { height: number }) {
  return height > 0 && <tr style={{ height }} />;
}

function useRows(
  tasks: readonly TaskRowFragment[],
  box: RefObject<HTMLElement | null>,
  height: number,
  loadMore: (() => void) | undefined,
) {
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 6,
    useFlushSync: false,
    scrollPaddingStart: rowHeight + 4, // the headings
  });
  useEffect(() => {
    if (height > 0) rows.measure();
  }, [rows, height]);
  // Drawn in slices between which the browser can scroll: a whole new screen of rows is no single long task.
  const items = useDeferredValue(rows.getVirtualItems());
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= tasks.length - 15) loadMore?.();
  }, [last, tasks.length, loadMore]);
  useScrollToCursor(tasks, (index) => rows.scrollToIndex(index));
  return { items, before: items[0]?.start ?? 0, after: rows.getTotalSize() - (items.at(-1)?.end ?? 0) };
}
