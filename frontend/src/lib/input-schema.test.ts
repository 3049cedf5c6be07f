import { expect, test } from "vitest";
import { fieldsOf, readFields } from "./input-schema";

const schema = {
  type: "object",
  required: ["items", "url"],
  properties: {
    items: { type: "array", title: "Items", description: "What to process", items: { type: "string" } },
    eachMs: { type: "integer", default: 200, minimum: 0, maximum: 60_000 },
    url: { type: "string" },
    body: { type: "string", maxLength: 5000 },
    method: { enum: ["GET", "POST"], default: "GET" },
    follow: { type: "boolean" },
    headers: { type: "object" },
  },
};

test("every property has the field that fits it", () => {
  const fields = fieldsOf(schema);
  expect(fields.map(({ name, type, required }) => [name, type, required])).toEqual([
    ["items", "list", true],
    ["eachMs", "number", false],
    ["url", "text", true],
    ["body", "text", false],
    ["method", "choice", false],
    ["follow", "flag", false],
    ["headers", "json", false],
  ]);
  expect(fields[0]).toMatchObject({ label: "Items", description: "What to process", initial: "", of: "string" });
  expect(fields[1]).toMatchObject({ label: "eachMs", initial: "200", whole: true, min: 0, max: 60_000 });
});

test("a duplicate starts from what was given", () => {
  const fields = fieldsOf(schema, { items: ["a", "b"], eachMs: 0, follow: true, headers: { x: 1 } });
  expect(fields.map(({ initial }) => initial)).toEqual(["a\nb", "0", "", "", "GET", true, '{\n  "x": 1\n}']);
});

test("what is typed is read by type, and what is empty is left out", () => {
  const fields = fieldsOf(schema);
  const typed = { items: " a \n\n b", eachMs: "5", url: "https://x.example", follow: true, headers: '{"a": 1}' };
  expect(readFields(fields, typed)).toEqual({
    input: { items: ["a", "b"], eachMs: 5, url: "https://x.example", method: "GET", follow: true, headers: { a: 1 } },
    errors: {},
  });
});

test("what cannot be read is said beside its field", () => {
  const { errors } = readFields(fieldsOf(schema), { eachMs: "1.5", headers: "{", items: "" });
  expect(errors).toEqual({
    items: "This is needed.",
    url: "This is needed.",
    eachMs: "A whole number is needed.",
    headers: "This is not JSON: check quotes, commas and brackets.",
  });
});

test("a schema without properties needs no fields", () => {
  expect([fieldsOf(true), fieldsOf({ type: "object" }), fieldsOf(null)]).toEqual([[], [], []]);
});
