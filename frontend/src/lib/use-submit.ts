// Sending a form: busy meanwhile, complaints about fields beside them, everything else in one place above.
import type { UseFormReturnType } from "@mantine/form";
import { type FormEvent, useState } from "react";
import { type FieldError, hasCode, messageOf } from "./errors";

interface Submission {
  busy: boolean;
  /** What went wrong that no field of the form can show. */
  problem: string | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

export function useSubmit<V>(form: UseFormReturnType<V>, send: (values: V) => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(values: V): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await send(values);
    } catch (error) {
      const { errors, rest } = placeErrors(error, Object.keys(values as object));
      form.setErrors(errors);
      setProblem(rest);
      focusFirst(form, Object.keys(errors)[0]);
    } finally {
      setBusy(false);
    }
  }

  const onSubmit = form.onSubmit(
    (values) => void run(values),
    (errors) => focusFirst(form, Object.keys(errors)[0]),
  );
  return { busy, problem, onSubmit };
}

function focusFirst<V>(form: UseFormReturnType<V>, path: string | undefined): void {
  if (path !== undefined) form.getInputNode(path)?.focus();
}

/** Which complaints go beside which field ("input.email" and "email" both mean `email`), and what is left to say. */
export function placeErrors(
  error: unknown,
  names: readonly string[],
): { errors: Record<string, string>; rest: string | null } {
  const fields = hasCode(error, "INVALID_INPUT") ? error.fields : [];
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const name = nameOf(field, names);
    if (name !== undefined) errors[name] = field.message;
  }
  const placed = fields.length > 0 && fields.every((field) => nameOf(field, names) !== undefined);
  return { errors, rest: placed ? null : messageOf(error) };
}

function nameOf({ path }: FieldError, names: readonly string[]): string | undefined {
  return path.split(".").find((part) => names.includes(part));
}
