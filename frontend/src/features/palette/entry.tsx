// A line of the palette, and a group of them under a heading.
import { Spotlight } from "@mantine/spotlight";

export interface Entry {
  /** Stays the same while the list is filtered. */
  id: string;
  label: string;
  hint?: string;
  run: () => void;
}

export function Entries({ label, entries }: { label: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {entries.map(({ id, label: text, hint, run }) => (
        <Spotlight.Action key={id} label={text} description={hint} onClick={run} />
      ))}
    </Spotlight.ActionsGroup>
  );
}
