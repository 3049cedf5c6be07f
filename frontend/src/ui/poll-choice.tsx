// How often to look at the server: the same control in the inspector and on the account page.
import { NativeSelect } from "@mantine/core";
import { pollChoices, setPreferences, usePreferences } from "@/lib/preferences";

const options = pollChoices.map((ms) => ({
  value: String(ms),
  label: ms === null ? "paused" : `every ${ms / 1000} s`,
}));

export function PollChoice() {
  const { pollEveryMs } = usePreferences();
  return (
    <NativeSelect
      label="Look at the server"
      data={options}
      value={String(pollEveryMs)}
      onChange={({ currentTarget: { value } }) =>
        setPreferences({ pollEveryMs: value === "null" ? null : Number(value) })
      }
    />
  );
}
