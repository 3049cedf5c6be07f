// The same mutation on mercurius, with its JIT: fastify, pg, the same statement, and the session looked at as ours does.
// PEER_ORDER names a file of JSON: { port, database: {…}, key, session, transition, values: { PAUSE: […], RESUME: […] }, places }.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const order = JSON.parse(readFileSync(process.env.PEER_ORDER, "utf8"));
const key = Buffer.from(order.key, "hex");
const pool = new pg.Pool({ ...order.database, max: 10 });

function claims(authorization) {
  const [head, body, signature] = authorization.slice("Bearer ".length).split(".");
  const expected = createHmac("sha256", key).update(`${head}.${body}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "base64url"))) throw new Error("UNAUTHENTICATED");
  const found = JSON.parse(Buffer.from(body, "base64url"));
  if (found.aud !== "fermata" || found.exp * 1000 < Date.now()) throw new Error("UNAUTHENTICATED");
  return found;
}

async function move(verb, id, authorization) {
  const { sub, sid } = claims(authorization);
  const who = await pool.query({ name: "session", text: order.session, values: [sid, sub] });
  if (who.rowCount !== 1) throw new Error("UNAUTHENTICATED");
  const values = [...order.values[verb]];
  values[order.places.ids] = [Buffer.from(id, "base64").toString().slice("Task:".length)];
  values[order.places.event_ids] = [randomUUID()];
  values[order.places.user_id] = sub;
  values[order.places.session_id] = sid;
  const asked = { name: "transition", text: order.transition, values, rowMode: "array" };
  const [row] = (await pool.query(asked)).rows;
  if (row === undefined || row[order.answer] !== "moved") throw new Error("ILLEGAL_TRANSITION");
  return {
    task: { id, status: row[7], version: row[17], elapsedMs: row[9] },
    event: { id: row[order.event], action: row[order.event + 3] },
  };
}

const app = Fastify();
app.register(mercurius, {
  schema: `
    type Task { id: ID! status: String! version: Int! elapsedMs: Int! }
    type Event { id: ID! action: String! }
    type TaskPayload { task: Task! event: Event! }
    type Query { hello: String }
    type Mutation { pauseTask(id: ID!): TaskPayload! resumeTask(id: ID!): TaskPayload! }`,
  resolvers: {
    Mutation: {
      pauseTask: (_, { id }, { authorization }) => move("PAUSE", id, authorization),
      resumeTask: (_, { id }, { authorization }) => move("RESUME", id, authorization),
    },
  },
  context: (request) => ({ authorization: request.headers.authorization ?? "" }),
  jit: 1,
});
await app.listen({ port: order.port, host: "127.0.0.1" });
console.log("ready");
