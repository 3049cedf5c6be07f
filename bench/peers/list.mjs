// The same page of tasks on graphql-yoga, or on mercurius with its JIT: pg, the statements of bench/hand.py, and who asks looked at.
// PEER_ORDER names a file of JSON: { kind: "yoga" | "mercurius", port, database: {…}, key, session, page, actions: { STATUS: […] } }.

import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import pg from "pg";

const order = JSON.parse(readFileSync(process.env.PEER_ORDER, "utf8"));
const key = Buffer.from(order.key, "hex");
const pool = new pg.Pool({ ...order.database, max: 10 });

const schema = `
  enum TaskStatus { NOT_STARTED QUEUED IN_PROGRESS PAUSING PAUSED CANCELLING CANCELLED COMPLETED FAILED }
  enum TaskAction { RUN PAUSE RESUME CANCEL }
  type Task {
    id: ID! title: String! status: TaskStatus! durationMs: Int elapsedMs: Int! version: Int! labels: [String!]!
    createdAt: String! updatedAt: String! dueAt: String allowedActions: [TaskAction!]!
  }
  type TaskConnection { nodes: [Task!]! }
  type Workspace { tasks(first: Int): TaskConnection! }
  type Query { workspace(slug: String!): Workspace }`;

function claims(authorization) {
  const [head, body, signature] = authorization.slice("Bearer ".length).split(".");
  const expected = createHmac("sha256", key).update(`${head}.${body}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "base64url"))) throw new Error("UNAUTHENTICATED");
  const found = JSON.parse(Buffer.from(body, "base64url"));
  if (found.aud !== "fermata" || found.exp * 1000 < Date.now()) throw new Error("UNAUTHENTICATED");
  return found;
}

const task = (row) => ({
  id: Buffer.from(`Task:${row.id}`).toString("base64"),
  title: row.title,
  status: row.status,
  durationMs: row.duration_ms,
  elapsedMs: row.elapsed_ms,
  version: row.version,
  labels: row.labels,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  dueAt: row.due_at && row.due_at.toISOString(),
  allowedActions: order.actions[row.status],
});

async function nodes(slug, authorization) {
  const { sub, sid } = claims(authorization);
  const who = await pool.query({ name: "session", text: order.session, values: [sid, sub] });
  if (who.rowCount !== 1) throw new Error("UNAUTHENTICATED");
  const { rows } = await pool.query({ name: "page", text: order.page, values: [slug, sub] });
  return rows.map(task);
}

const resolvers = {
  Query: { workspace: (_, { slug }) => ({ slug }) },
  Workspace: { tasks: async ({ slug }, _, { authorization }) => ({ nodes: await nodes(slug, authorization) }) },
};

if (order.kind === "yoga") {
  const { createSchema, createYoga } = await import("graphql-yoga");
  const yoga = createYoga({
    schema: createSchema({ typeDefs: schema, resolvers }),
    context: ({ request }) => ({ authorization: request.headers.get("authorization") ?? "" }),
    logging: false,
  });
  createServer(yoga).listen(order.port, "127.0.0.1");
} else {
  const { default: Fastify } = await import("fastify");
  const { default: mercurius } = await import("mercurius");
  const app = Fastify();
  const context = (request) => ({ authorization: request.headers.authorization ?? "" });
  app.register(mercurius, { schema, resolvers, context, jit: 1 });
  await app.listen({ port: order.port, host: "127.0.0.1" });
}
