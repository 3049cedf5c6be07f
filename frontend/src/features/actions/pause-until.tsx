// A pause that ends by itself: in an hour, tomorrow morning, or at a moment of one's own.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { serverNow } from "@/lib/clock";
import { Reason } from "./ask";
import { fromLocal, inputOf, suggestions } from "./until";

type Pause = (resumeAt: string, reason: string | undefined) => void;

export function askPauseUntil(task: TaskRowFragment, pause: Pause): void {
  const id = modals.open({
    title: `Pause “${task.title}” until`,
    centered: true,
    children: <Asking pause={pause} close={() => modals.close(id)} />,
  });
}

function Asking({ pause, close }: { pause: Pause; close: () => void }) {
  const [local, setLocal] = useState(() => inputOf(serverNow() + 3_600_000));
  const [reason, setReason] = useState("");
  const at = fromLocal(local);
  const problem = at === null || at <= serverNow() ? "Choose a moment that is still to come." : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (at === null || problem !== null) return;
        close();
        pause(new Date(at).toISOString(), reason.trim() || undefined);
      }}
    >
      <Stack gap="sm">
        <Group gap="xs">
          {suggestions(serverNow()).map(({ label, at: moment }) => (
            <Button key={label} size="compact-sm" variant="default" onClick={() => setLocal(inputOf(moment))}>
              {label}
            </Button>
          ))}
        </Group>
        <TextInput
          type="datetime-local"
          label="Goes on at"
          description="In the time zone of this computer."
          required
          data-autofocus
          value={local}
          error={problem}
          onChange={({ currentTarget }) => setLocal(currentTarget.value)}
        />
        <Reason value={reason} onChange={setReason} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Do not pause
          </Button>
          <Button type="submit">Pause</Button>
        </Group>
      </Stack>
    </form>
  );
}
