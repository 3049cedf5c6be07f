// Every task, read and sent each time, as a REST endpoint without revisions does it: express and pg.
// PEER_ORDER names a file of JSON: { port, database: {…}, list }.

import { readFileSync } from "node:fs";
import express from "express";
import pg from "pg";

const order = JSON.parse(readFileSync(process.env.PEER_ORDER, "utf8"));
const pool = new pg.Pool({ ...order.database, max: 10 });
const app = express();
app.disable("x-powered-by");
app.disable("etag"); // it would hash what it has read and built before it says "unchanged"

app.get("/tasks", async (_request, response) => {
  const { rows } = await pool.query({ name: "list", text: order.list });
  response.json(rows);
});

app.listen(order.port, "127.0.0.1");
