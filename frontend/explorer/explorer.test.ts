import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { parseEvent, readEvents } from "./events";
import { examplesFor } from "./examples";
import { whoIs } from "./who";

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

test("the explorer says who one is, with which role and where", () => {
  const place = (name: string, role: "ADMIN" | "VIEWER") => ({ role, workspace: { id: name, slug: name, name } });
  const ada = { id: "1", email: "ada@example.org", displayName: "Ada", isInstanceAdmin: false };
  expect(whoIs({ ...ada, workspaces: [] })).toBe("Signed in as Ada");
  expect(whoIs({ ...ada, workspaces: [place("Night", "VIEWER")] })).toBe("Signed in as Ada, Viewer in Night");
  expect(whoIs({ ...ada, workspaces: [place("Night", "ADMIN"), place("Day", "VIEWER")] })).toBe(
    "Signed in as Ada, Admin in Night; 1 more workspace",
  );
});
