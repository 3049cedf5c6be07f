// A line of the palette, and a group of them under a heading.
import { Kbd } from "@mantine/core";
import { Spotlight } from "@mantine/spotlight";

export interface Entry {
  /** Stays the same while the list is filtered. */
  id: string;
  label: string;
  hint?: string;
  /** Does the same without the palette. */
  hotkey?: string;
  run: () => void;
}

export function Entries({ label, entries }: { label: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {entries.map(({ id, label: text, hint, hotkey, run }) => (
        <Spotlight.Action
          key={id}
          label={text}
          description={hint}
          rightSection={hotkey && <Kbd size="xs">{hotkey}</Kbd>}
          onClick={run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
