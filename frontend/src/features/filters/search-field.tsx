// Search by words in title and description; what is typed goes into the address a moment later. `/` leads here.
import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Icon } from "@/ui/icon";
import classes from "./filters.module.css";

const settleMs = 250;

export function SearchField() {
  const [{ q = "" }, setSearch] = useTaskSearch();
  const [text, setText] = useState(q);
  const send = useDebouncedCallback(
    (value: string) => setSearch({ q: value.trim() || undefined }, { replace: true }),
    settleMs,
  );
  // Going back, or a saved view, changes it from outside.
  useEffect(() => setText((typed) => (typed.trim() === q ? typed : q)), [q]);
  function type(value: string): void {
    setText(value);
    send(value);
  }
  return (
    <TextInput
      data-task-search
      className={classes.search}
      size="xs"
      type="search"
      aria-label="Search tasks"
      placeholder="Search tasks"
      value={text}
      leftSection={<Icon name="search" size={12} />}
      rightSection={
        text === "" ? (
          <Kbd size="xs" visibleFrom="sm" aria-hidden="true">
            /
          </Kbd>
        ) : (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => type("")} />
        )
      }
      rightSectionPointerEvents={text === "" ? "none" : "all"}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
    />
  );
}
