// Audits a server of GraphQL over HTTP and prints one line of JSON for each check: { id, name, status, reason }.
//     node audit.mjs http://127.0.0.1:8000/graphql
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
for (const result of results) {
  const { id, name, status, reason } = result;
  console.log(JSON.stringify({ id, name, status, reason }));
}
