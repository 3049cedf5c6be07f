// What a kind asks for, one field a property of its input schema.
import { Checkbox, Fieldset, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { FieldValue, SchemaField } from "@/lib/input-schema";
import type { Values } from "./new-task-values";

interface Props {
  fields: readonly SchemaField[];
  form: UseFormReturnType<Values>;
}

export function KindFields({ fields, form }: Props) {
  if (fields.length === 0) return null;
  return (
    <Fieldset legend="What to work on" p="sm">
      <Stack gap="xs">
        {fields.map((field) => (
          <KindField key={field.name} field={field} form={form} />
        ))}
      </Stack>
    </Fieldset>
  );
}

function KindField({ field, form }: { field: SchemaField; form: UseFormReturnType<Values> }) {
  const { label, description, required, name } = field;
  const value = form.values.work[name] ?? field.initial;
  const set = (next: FieldValue) => {
    form.setFieldValue("work", { ...form.values.work, [name]: next });
    form.clearFieldError(`work.${name}`);
  };
  const common = { label, description, required, error: form.errors[`work.${name}`] };
  if (field.type === "flag") {
    return (
      <Checkbox {...common} checked={value === true} onChange={({ currentTarget }) => set(currentTarget.checked)} />
    );
  }
  return <TextField field={field} common={common} text={String(value)} set={set} />;
}

interface TextFieldProps {
  field: Exclude<SchemaField, { type: "flag" }>;
  common: { label: string; description: string | null; required: boolean; error: ReactNode };
  text: string;
  set: (value: string) => void;
}

function TextField({ field, common, text, set }: TextFieldProps) {
  const hinted = (hint: string) => ({ ...common, description: [common.description, hint].filter(Boolean).join(" ") });
  switch (field.type) {
    case "choice": {
      const change = (next: string | null) => set(next ?? "");
      return (
        <Select {...common} data={field.options} value={text || null} clearable={!common.required} onChange={change} />
      );
    }
    case "number": {
      const bounds = { ...(field.min !== null && { min: field.min }), ...(field.max !== null && { max: field.max }) };
      return (
        <NumberInput
          {...common}
          {...bounds}
          value={text}
          allowDecimal={!field.whole}
          onChange={(n) => set(String(n))}
        />
      );
    }
    case "list":
      return <Lines {...hinted("One a line.")} value={text} set={set} />;
    case "json":
      return <Lines {...hinted("As JSON.")} value={text} set={set} mono />;
    case "text":
      if (field.long) return <Lines {...common} value={text} set={set} />;
      return <TextInput {...common} value={text} onChange={({ currentTarget }) => set(currentTarget.value)} />;
  }
}

interface LinesProps {
  label: string;
  description: string | null;
  required: boolean;
  error: ReactNode;
  value: string;
  set: (value: string) => void;
  mono?: boolean;
}

function Lines({ set, mono = false, ...props }: LinesProps) {
  return (
    <Textarea
      {...props}
      autosize
      minRows={2}
      maxRows={10}
      {...(mono && { ff: "monospace", spellCheck: false })}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  );
}
