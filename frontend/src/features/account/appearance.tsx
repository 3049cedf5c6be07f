// How this browser shows things: light or dark, which time zone, how often to look.
import { Input, SegmentedControl, SimpleGrid, useMantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { setPreferences, usePreferences } from "@/lib/preferences";
import { Section } from "@/ui/page";
import { PollChoice } from "@/ui/poll-choice";

const schemes = [
  { value: "auto", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

const zones = [
  { value: "mine", label: "Mine" },
  { value: "utc", label: "UTC" },
] as const;

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { timeZone } = usePreferences();
  return (
    <Section title="In this browser">
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Choice label="Theme" data={schemes} value={colorScheme} onChange={setColorScheme} />
        <Choice
          label="Time zone"
          data={zones}
          value={timeZone}
          onChange={(zone) => setPreferences({ timeZone: zone })}
        />
        <PollChoice />
      </SimpleGrid>
    </Section>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  data: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, data, value, onChange }: ChoiceProps<T>) {
  const id = useId();
  const choose = (next: string) => {
    const found = data.find((item) => item.value === next);
    if (found) onChange(found.value);
  };
  return (
    <div>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      <SegmentedControl fullWidth aria-labelledby={id} data={[...data]} value={value} onChange={choose} />
    </div>
  );
}
