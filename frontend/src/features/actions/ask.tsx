// Asking before what cannot be undone, with a reason for the history when one wants to give it.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type ReactNode, useState } from "react";

const longestReason = 500;

interface Question {
  title: string;
  body: ReactNode;
  /** What the button says: the deed, not "OK". */
  deed: string;
  danger?: boolean;
  /** Nothing brings it back: the keyboard starts on the way out. */
  final?: boolean;
  act: (reason: string | undefined) => void;
}

export function ask(question: Question): void {
  const id = modals.open({
    title: question.title,
    centered: true,
    children: <Asking {...question} close={() => modals.close(id)} />,
  });
}

function Asking({ body, deed, danger = true, final = false, act, close }: Question & { close: () => void }) {
  const [reason, setReason] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        close();
        act(reason.trim() || undefined);
      }}
    >
      <Stack gap="sm">
        <Text size="sm" component="div">
          {body}
        </Text>
        <Reason value={reason} onChange={setReason} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus={final || undefined}>
            Keep as it is
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} data-autofocus={!final || undefined}>
            {deed}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Reason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Textarea
      label="Reason"
      description="Optional; it goes into the history."
      autosize
      minRows={1}
      maxRows={4}
      maxLength={longestReason}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
