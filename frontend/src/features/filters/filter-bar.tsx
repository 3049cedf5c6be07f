// What is shown of the tasks, over board and table: the saved view, the search, each filter with a way to take it off, and how many match.
import { Button, Popover } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { TaskFilter } from "@/generated/graphql";
import { isFiltered, unfiltered } from "@/lib/tasks/search";
import { useCount } from "@/lib/tasks/use-counts";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Icon } from "@/ui/icon";
import { Loading } from "@/ui/loading";
import { FilterChips } from "./filter-chips";
import classes from "./filters.module.css";
import { LookChip } from "./look-chip";
import { SearchField } from "./search-field";
import { ViewMenu } from "./view-menu";

const FilterForm = lazy(() => import("./filter-form").then((module) => ({ default: module.FilterForm })));

/** `withStatus`: in the table a status is a filter; on the board it is the column. */
export function FilterBar({ filter, withStatus }: { filter: TaskFilter; withStatus: boolean }) {
  const [search, setSearch] = useTaskSearch();
  const count = useCount(filter);
  return (
    <search className={classes.bar} aria-label="Filters">
      <ViewMenu />
      <SearchField />
      <FilterChips withStatus={withStatus} />
      <Popover withinPortal={false} position="bottom-start" width={300} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.chip}>
            <Icon name="plus" size={12} /> filter
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <Suspense fallback={<Loading label="Filters" />}>
            <FilterForm withStatus={withStatus} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {isFiltered(search) && (
        <Button size="compact-sm" variant="subtle" onClick={() => setSearch(unfiltered)}>
          Clear
        </Button>
      )}
      <span className={classes.space} />
      <span className={classes.chip} role="status">
        {count === undefined ? "…" : `${count.toLocaleString("en")} ${count === 1 ? "task" : "tasks"}`}
      </span>
      <LookChip />
    </search>
  );
}
