// The cards of a column: only those that can be seen are drawn, so that ten thousand scroll as smoothly as ten.
import { Button } from "@mantine/core";
import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useRef } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { cursor } from "@/lib/tasks/cursor";
import { useScrollToCursor } from "@/lib/tasks/use-cursor";
import classes from "./board.module.css";
import { TaskCard } from "./task-card";

const usualHeight = 120;
const margin = 6;

interface Props {
  label: string;
  tasks: readonly TaskRowFragment[];
  open: string | undefined;
  isOld: boolean;
  loadMore: (() => void) | undefined;
  loadAgain: (() => void) | undefined;
}

export function CardList({ label, tasks, open, isOld, loadMore, loadAgain }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRows(tasks, box);
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= tasks.length - 6) loadMore?.();
  }, [last, tasks.length, loadMore]);
  return (
    <div ref={box} className={classes.scroll} data-old={isOld || undefined}>
      <ul className={classes.cards} aria-label={label} style={{ height: rows.getTotalSize() }}>
        {items.map(({ key, index, start }) => {
          const task = tasks[index];
          const style: CSSProperties = { transform: `translateY(${start}px)` };
          return (
            task && (
              <li key={key} ref={rows.measureElement} data-index={index} className={classes.place} style={style}>
                <TaskCard task={task} isOpen={task.id === open} />
              </li>
            )
          );
        })}
      </ul>
      {loadAgain && (
        <Button size="xs" variant="default" fullWidth onClick={loadAgain}>
          More could not be loaded. Try again
        </Button>
      )}
    </div>
  );
}

function useRows(
  tasks: readonly TaskRowFragment[],
  box: React.RefObject<HTMLDivElement | null>,
): Virtualizer<HTMLDivElement, Element> {
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 4,
    gap: 10,
    paddingStart: margin,
    paddingEnd: margin,
    rangeExtractor: (range) => withFocused(range, tasks),
  });
  useScrollToCursor(tasks, (index) => rows.scrollToIndex(index));
  return rows;
}

/** The card that has the keyboard stays drawn, however far one scrolls. */
function withFocused(range: Range, tasks: readonly TaskRowFragment[]): number[] {
  const indexes = defaultRangeExtractor(range);
  const { id } = cursor.get();
  const focused = id === null ? -1 : tasks.findIndex((task) => task.id === id);
  return focused < 0 || indexes.includes(focused) ? indexes : [...indexes, focused].sort((a, b) => a - b);
}
