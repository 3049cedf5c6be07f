import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { parseEvent, readEvents } from "./events";
import { examplesFor } from "./examples";

const schema = buildSchema(readFileSync("../gql/schema.graphql", "utf8"));

test.each(examplesFor())("the example “$title” is valid", ({ query }) => {
  expect(validate(schema, parse(query)).map((error) => error.message)).toEqual([]);
});

test("events are read across the borders of chunks", async () => {
  const chunks = ["event: next\nda", 'ta: {"a":1}\n\nevent: complete\ndata:\n', "\n"];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  expect(events).toEqual([
    { event: "next", data: '{"a":1}' },
    { event: "complete", data: "" },
  ]);
});

test("comments that keep the connection open are no data", () => {
  expect(parseEvent(": ping")).toEqual({ event: "message", data: "" });
});
