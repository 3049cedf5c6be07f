// The tasks of a workspace, as a board or as a table, with the open task beside them; the address says which.
import { VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Outlet, useMatchRoute, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { BoardPage } from "@/features/board/board-page";
import { EmptyBoard } from "@/features/board/empty-board";
import { FilterBar } from "@/features/filters/filter-bar";
import { NothingMatches } from "@/features/filters/nothing-matches";
import type { TaskFilter } from "@/generated/graphql";
import { useMe } from "@/lib/session";
import { filterOf } from "@/lib/tasks/search";
import { useCount } from "@/lib/tasks/use-counts";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Loading } from "@/ui/loading";
import { overId } from "@/ui/over";
import { Hints } from "@/ui/tasks/hints";
import { TaskMenu } from "@/ui/tasks/task-menu";
import { OfflineBanner } from "./offline-banner";
import classes from "./tasks-layout.module.css";
import { useTaskKeys } from "./use-task-keys";

const TablePage = lazy(() => import("@/features/table/table-page").then((module) => ({ default: module.TablePage })));

export function TasksLayout() {
  const { slug } = useParams({ from: "/signed-in/w/$slug" });
  const { id: open } = useParams({ strict: false });
  const [{ view }] = useTaskSearch();
  const atTable = useMatchRoute()({ to: "/w/$slug/table", params: { slug } }) !== false || view === "table";
  const filter = useFilter(atTable);
  const isEmpty = useCount({}) === 0;
  // On a narrow screen the open task covers everything; what cannot be seen cannot be reached.
  const covered = useMediaQuery("(max-width: 62em)", false) && open !== undefined;
  useTaskKeys(slug, open);
  return (
    <div className={classes.layout}>
      <main className={classes.page}>
        <VisuallyHidden component="h1">{atTable ? "Table" : "Board"} of tasks</VisuallyHidden>
        <OfflineBanner />
        <div className={classes.page} inert={covered}>
          {!isEmpty && <FilterBar filter={filter} withStatus={atTable} />}
          {isEmpty ? <EmptyBoard /> : <Tasks atTable={atTable} filter={filter} open={open} />}
        </div>
        <div id={overId} />
        <TaskMenu />
        <Hints />
      </main>
      <Outlet />
    </div>
  );
}

/** What the address asks for; on the board a status is a column and no filter. The same object while the address says the same. */
function useFilter(withStatus: boolean): TaskFilter {
  const { id: me } = useMe();
  const [{ q, labels, kinds, who, status }] = useTaskSearch();
  return useMemo(
    () =>
      filterOf(
        {
          ...(q && { q }),
          ...(labels && { labels }),
          ...(kinds && { kinds }),
          ...(who && { who }),
          ...(withStatus && status && { status }),
        },
        me,
      ),
    [q, labels, kinds, who, status, withStatus, me],
  );
}

function Tasks({ atTable, filter, open }: { atTable: boolean; filter: TaskFilter; open: string | undefined }) {
  const matching = useCount(filter);
  if (matching === 0) return <NothingMatches />;
  if (!atTable) return <BoardPage filter={filter} open={open} />;
  return (
    <Suspense fallback={<Loading label="Opening the table" />}>
      <TablePage filter={filter} open={open} />
    </Suspense>
  );
}
