// The headings: what they sort by goes to the server and into the address.
import { VisuallyHidden } from "@mantine/core";
import type { TaskRowFragment } from "@/generated/graphql";
import { toggleSort } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Icon } from "@/ui/icon";
import { type Column, columns, sortOf } from "./columns";
import { isChosen, isEmpty, type Selection, toggleAll } from "./selection";
import classes from "./table.module.css";

interface Props {
  tasks: readonly TaskRowFragment[];
  narrow: boolean;
  selection: Selection;
  select: (next: Selection) => void;
}

export function TableHead({ tasks, narrow, selection, select }: Props) {
  const every = tasks.length > 0 && tasks.every((task) => isChosen(selection, task.id));
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={classes.check}>
          <input
            type="checkbox"
            aria-label="Select all that are loaded"
            checked={every}
            ref={(box) => {
              if (box) box.indeterminate = !every && !isEmpty(selection);
            }}
            onChange={() => select(toggleAll(selection, tasks))}
          />
        </th>
        {(narrow ? columns.slice(0, 1) : columns).map((column) => (
          <Heading key={column.id} column={column} />
        ))}
        <th scope="col" className={classes.actions}>
          <VisuallyHidden>Actions</VisuallyHidden>
        </th>
      </tr>
    </thead>
  );
}

function Heading({ column: { id, label, sort: name } }: { column: Column }) {
  const [{ sort }, setSearch] = useTaskSearch();
  const now = name && sortOf(sort, name);
  return (
    <th scope="col" className={classes[id]} aria-sort={now}>
      {name === undefined ? (
        label
      ) : (
        <button type="button" className={classes.sort} onClick={() => setSearch({ sort: toggleSort(sort, name) })}>
          {label}
          {now && <Icon name={now === "ascending" ? "up" : "down"} size={11} />}
        </button>
      )}
    </th>
  );
}
