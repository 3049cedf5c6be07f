// A form from a JSON Schema: the properties that have a field of their own, and everything else as JSON. Pure.

export type FieldValue = string | boolean;

interface Common {
  name: string;
  label: string;
  description: string | null;
  required: boolean;
}

export type SchemaField = Common &
  (
    | { type: "text"; initial: string; long: boolean }
    | { type: "number"; initial: string; whole: boolean; min: number | null; max: number | null }
    | { type: "flag"; initial: boolean }
    | { type: "choice"; initial: string; options: string[] }
    | { type: "list"; initial: string; of: "string" | "number" }
    | { type: "json"; initial: string }
  );

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

/** One field a property, in the order of the schema. `given` is what the fields start from: the input of a duplicated task. */
export function fieldsOf(schema: unknown, given: unknown = {}): SchemaField[] {
  if (!isSchema(schema) || !isSchema(schema.properties)) return [];
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const start = isSchema(given) ? given : {};
  return Object.entries(schema.properties).map(([name, raw]) => {
    const property = isSchema(raw) ? raw : {};
    const common = {
      name,
      label: textOf(property.title) ?? name,
      description: textOf(property.description),
      required: required.includes(name),
    };
    return { ...common, ...shapeOf(property, start[name] ?? property.default) };
  });
}

type Shape = SchemaField extends infer F ? (F extends SchemaField ? Omit<F, keyof Common> : never) : never;

function shapeOf(property: Schema, start: unknown): Shape {
  const options = Array.isArray(property.enum) ? property.enum.filter((value) => typeof value === "string") : [];
  if (options.length > 0) return { type: "choice", initial: textOf(start) ?? "", options };
  switch (property.type) {
    case "string":
      return { type: "text", initial: textOf(start) ?? "", long: (numberOf(property.maxLength) ?? 0) > 500 };
    case "integer":
    case "number": {
      const bounds = { min: numberOf(property.minimum), max: numberOf(property.maximum) };
      return { type: "number", initial: shown(start), whole: property.type === "integer", ...bounds };
    }
    case "boolean":
      return { type: "flag", initial: start === true };
    case "array": {
      const of = isSchema(property.items) ? property.items.type : undefined;
      if (of === "string") return { type: "list", initial: lines(start), of };
      if (of === "number" || of === "integer") return { type: "list", initial: lines(start), of: "number" };
    }
  }
  return { type: "json", initial: start === undefined ? "" : JSON.stringify(start, null, 2) };
}

const shown = (value: unknown) => (value === undefined || value === null ? "" : String(value));
const lines = (value: unknown) => (Array.isArray(value) ? value.map(shown).join("\n") : "");

export interface ReadInput {
  input: Record<string, unknown>;
  /** By the name of the property. */
  errors: Record<string, string>;
}

/** What the fields hold, as the input of a task; what is empty and not required is left out. The server judges the rest. */
export function readFields(fields: readonly SchemaField[], values: Readonly<Record<string, FieldValue>>): ReadInput {
  const input: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? field.initial;
    try {
      const read = readField(field, value);
      if (read !== undefined) input[field.name] = read;
      else if (field.required) errors[field.name] = "This is needed.";
    } catch (error) {
      errors[field.name] = error instanceof FieldProblem ? error.message : "This is not valid.";
    }
  }
  return { input, errors };
}

class FieldProblem extends Error {}

function readField(field: SchemaField, value: FieldValue): unknown {
  if (typeof value === "boolean") return value;
  if (value.trim() === "") return undefined;
  switch (field.type) {
    case "number":
      return readNumber(value, field.whole);
    case "list":
      return readList(value, field.of);
    case "json":
      return readJson(value);
    default:
      return value;
  }
}

function readNumber(text: string, whole: boolean): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new FieldProblem("A number is needed.");
  if (whole && !Number.isInteger(value)) throw new FieldProblem("A whole number is needed.");
  return value;
}

function readList(text: string, of: "string" | "number"): unknown[] {
  const parts = text.split("\n").flatMap((line) => line.trim() || []);
  return of === "number" ? parts.map((part) => readNumber(part, false)) : parts;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FieldProblem("This is not JSON: check quotes, commas and brackets.");
  }
}
