// A value that turns into a field: enter saves, escape leaves it. What is wrong is said beside it, and nothing typed is lost.
import { ActionIcon, Button, Group, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useAway } from "@/lib/connection";
import { Icon } from "@/ui/icon";
import classes from "./panel.module.css";

interface Props {
  label: string;
  /** What the field starts with. */
  text: string;
  /** What is shown while it is not edited. */
  shown: ReactNode;
  mayEdit: boolean;
  hint?: string | undefined;
  long?: boolean;
  maxLength?: number;
  /** null when it is saved, else what is wrong. */
  save: (text: string) => Promise<string | null>;
}

export function EditableText(props: Props) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const away = useAway();
  useEffect(() => {
    if (!editing && back.current) pencil.current?.focus();
    back.current = editing;
  }, [editing]);
  if (editing) return <Field {...props} done={() => setEditing(false)} />;
  return (
    <span className={classes.editable}>
      {props.shown}
      {props.mayEdit && (
        <ActionIcon
          ref={pencil}
          variant="subtle"
          color="gray"
          size={24}
          className={classes.pencil}
          disabled={away}
          aria-label={`Edit: ${props.label}`}
          onClick={() => setEditing(true)}
        >
          <Icon name="edit" size={12} />
        </ActionIcon>
      )}
    </span>
  );
}

function Field({ label, text, hint, long = false, maxLength, save, done }: Props & { done: () => void }) {
  const [value, setValue] = useState(text);
  const { busy, problem, send } = useSave(value, text, save, done);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      done();
    }
    if (event.key === "Enter" && (!long || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send(value);
    }
  }
  const common = {
    "aria-label": label,
    value,
    error: problem,
    maxLength,
    placeholder: hint,
    autoFocus: true,
    onKeyDown,
  };
  return (
    <div className={classes.field}>
      {long ? (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={14}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
      ) : (
        <TextInput {...common} size="xs" onChange={({ currentTarget }) => setValue(currentTarget.value)} />
      )}
      <Group gap={6} mt={6}>
        <Button size="compact-xs" loading={busy} onClick={() => void send(value)}>
          Save
        </Button>
        <Button size="compact-xs" variant="default" onClick={done}>
          Leave it
        </Button>
      </Group>
    </div>
  );
}

/** `now` is what the field holds on the server; when that changes under the edit, saving over it takes a second time. */
function useSave(typed: string, now: string, save: Props["save"], done: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [seen, setSeen] = useState(now);
  const changed = now === seen || now === typed ? null : `It has been changed meanwhile to “${now || "nothing"}”.`;
  async function send(value: string): Promise<void> {
    if (value === now) return done();
    if (changed !== null && problem === null) {
      setSeen(now);
      return setProblem(`${changed} Save again to put yours in its place.`);
    }
    setBusy(true);
    setProblem(null);
    const wrong = await save(value);
    setBusy(false);
    if (wrong === null) done();
    else setProblem(wrong);
  }
  return { busy, problem: problem ?? changed, send };
}
