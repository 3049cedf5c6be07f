// The form: what every task has, what its kind asks for, and two ways to send it.
import { Anchor, Button, Group, Select, SimpleGrid, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo, useState } from "react";
import type { TaskDraft } from "@/lib/overlays";
import { useMe } from "@/lib/session";
import { shownLabels } from "@/lib/tasks/shown";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { Problem } from "@/ui/problem";
import { useFocusOnMount } from "@/ui/use-focus-on-mount";
import { KindFields } from "./kind-fields";
import classes from "./new-task.module.css";
import { fieldsOfKind, type Kind, timer, type Values, valuesOf } from "./new-task-values";
import { unsent } from "./unsent";
import { useCreate } from "./use-create";

interface Props {
  kinds: readonly Kind[];
  draft: TaskDraft;
  close: () => void;
}

export function NewTaskForm({ kinds, draft, close }: Props) {
  const title = useFocusOnMount<HTMLInputElement>();
  const { key, kept, forget } = useUnsent(draft);
  const form = useForm<Values>({
    initialValues: kept ?? valuesOf(draft),
    onValuesChange: (values) => key !== null && unsent.keep(key, values),
  });
  const kind = kinds.find((one) => one.name === form.values.kind);
  const fields = useMemo(() => fieldsOfKind(kind, draft), [kind, draft]);
  const { send, busy, problem } = useCreate(form, fields, () => {
    forget();
    close();
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
    >
      <Stack gap="sm">
        <Problem message={problem} />
        {kept && <Kept onAnew={() => form.setValues(valuesOf(draft))} />}
        <TextInput label="Title" required maxLength={200} ref={title} data-autofocus {...form.getInputProps("title")} />
        <KindSelect kinds={kinds} kind={kind} props={form.getInputProps("kind")} />
        <KindFields fields={fields} form={form} />
        <Times form={form} isTimer={form.values.kind === timer} />
        <TagsInput label="Labels" data={shownLabels()} maxTags={20} {...form.getInputProps("labels")} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          {...form.getInputProps("description")}
        />
        <Group justify="flex-end" gap="xs" className={classes.deeds}>
          <Button type="submit" variant="default" disabled={busy}>
            Create
          </Button>
          <Button loading={busy} onClick={() => void send(true)}>
            Create and run
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A form from scratch goes on where it was closed; a duplicate always begins with what it copies. */
function useUnsent(draft: TaskDraft): { key: string | null; kept: Values | undefined; forget: () => void } {
  const { id: me } = useMe();
  const { id } = useWorkspace();
  const key = Object.keys(draft).length === 0 ? `${me} ${id}` : null;
  const [kept] = useState(() => (key === null ? undefined : unsent.get(key)));
  return { key, kept, forget: () => key !== null && unsent.forget(key) };
}

function Kept({ onAnew }: { onAnew: () => void }) {
  const [gone, setGone] = useState(false);
  if (gone) return null;
  function begin(): void {
    setGone(true);
    onAnew();
  }
  return (
    <Text size="sm" c="dimmed">
      What you had typed before is still here.{" "}
      <Anchor component="button" type="button" onClick={begin}>
        Begin anew
      </Anchor>
    </Text>
  );
}

type InputProps = ReturnType<ReturnType<typeof useForm<Values>>["getInputProps"]>;

function KindSelect({ kinds, kind, props }: { kinds: readonly Kind[]; kind: Kind | undefined; props: InputProps }) {
  const { viewerRole } = useWorkspace();
  const data = kinds.map(({ name, label, minimumRole }) => {
    const allowed = atLeast(viewerRole, minimumRole);
    return { value: name, label: allowed ? label : `${label} (needs ${minimumRole})`, disabled: !allowed };
  });
  return <Select label="Kind" description={kind?.description} data={data} allowDeselect={false} required {...props} />;
}

function Times({ form, isTimer }: { form: ReturnType<typeof useForm<Values>>; isTimer: boolean }) {
  const hint = isTimer ? "How long it runs: 90s, 25m, 1h 30m." : "How long it usually takes, for the bar.";
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label="Duration" description={hint} required={isTimer} {...form.getInputProps("durationMs")} />
        <TextInput
          label="Priority"
          description="A greater number is more urgent."
          inputMode="numeric"
          {...form.getInputProps("priority")}
        />
      </SimpleGrid>
      {!isTimer && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label="Time limit"
            description="Of active time; empty: none."
            {...form.getInputProps("timeoutMs")}
          />
          <TextInput
            label="Attempts"
            description="How often it is tried when it fails."
            inputMode="numeric"
            {...form.getInputProps("maxAttempts")}
          />
        </SimpleGrid>
      )}
      {isTimer && (
        <Text size="xs" c="dimmed">
          A timer needs no worker; it completes by itself when its time is up.
        </Text>
      )}
    </>
  );
}
