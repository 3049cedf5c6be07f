// The form: what every task has, what its kind asks for, and two ways to send it.
import { Button, Group, Select, SimpleGrid, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import type { TaskDraft } from "@/lib/overlays";
import { shownLabels } from "@/lib/tasks/shown";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { Problem } from "@/ui/problem";
import { useFocusOnMount } from "@/ui/use-focus-on-mount";
import { KindFields } from "./kind-fields";
import classes from "./new-task.module.css";
import { fieldsOfKind, type Kind, timer, type Values, valuesOf } from "./new-task-values";
import { useCreate } from "./use-create";

interface Props {
  kinds: readonly Kind[];
  draft: TaskDraft;
  close: () => void;
}

export function NewTaskForm({ kinds, draft, close }: Props) {
  const title = useFocusOnMount<HTMLInputElement>();
  const form = useForm<Values>({ initialValues: valuesOf(draft) });
  const kind = kinds.find((one) => one.name === form.values.kind);
  const fields = useMemo(() => fieldsOfKind(kind, draft), [kind, draft]);
  const { send, busy, problem } = useCreate(form, fields, close);
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
