// Search, or do anything: tasks by their words, actions on the task where one stands, pages.
import { Spotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Icon } from "@/ui/icon";
import { Entries } from "./entry";
import { Hits } from "./hits";
import { spotlight, store } from "./store";
import { useCommands } from "./use-commands";
import { usePages } from "./use-pages";

const named = { content: { "aria-label": "Search, or do anything" } };

export function Palette({ close }: { close: () => void }) {
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query.trim(), 150);
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  const commands = useCommands();
  const pages = usePages();
  const fits = ({ label }: { label: string }) => label.toLowerCase().includes(query.trim().toLowerCase());
  return (
    <Spotlight.Root
      store={store}
      attributes={named}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder="Search tasks, or say what to do"
        aria-label="Search tasks, or say what to do"
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        <Hits query={settled} />
        <Entries label="Do" entries={commands.filter(fits)} />
        <Entries label="Go to" entries={pages.filter(fits)} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
