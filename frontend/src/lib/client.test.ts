import { expect, test, vi } from "vitest";
import {
  RefreshSessionDocument,
  RequestPasswordResetDocument,
  UpdateProfileDocument,
  ViewerDocument,
} from "@/generated/graphql";
import { Client } from "./client";

const token = (accessToken: string) => ({ accessToken, expiresAt: "2126-01-01T00:00:00Z" });
const viewer = { viewer: null };
const ok = (data: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify({ data }), { headers });
const refused = (code: string, status = 200) =>
  new Response(JSON.stringify({ data: null, errors: [{ message: "words", extensions: { code } }] }), { status });

function make(...answers: (Response | Error)[]) {
  const sent: Request[] = [];
  const fetch = vi.fn(async (request: Request) => {
    sent.push(request.clone());
    const answer = answers.shift();
    if (answer === undefined) throw new Error("one request too many");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const onLost = vi.fn();
  const renew = async (asking: Client) => (await asking.anonymous(RefreshSessionDocument, {})).refreshSession;
  const client = new Client({ fetch, renew, onLost, wait: async () => {} });
  client.become(token("first"));
  return { client, sent, onLost };
}

test("a read is a GET with the document's id, its variables and the credential", async () => {
  const { client, sent } = make(ok(viewer));
  expect(await client.query(ViewerDocument, {})).toEqual(viewer);
  const [request] = sent;
  const url = new URL(request?.url ?? "");
  expect(request?.method).toBe("GET");
  expect(url.searchParams.get("documentId")).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(url.searchParams.has("variables")).toBe(false);
  expect(request?.headers.get("Authorization")).toBe("Bearer first");
  expect(request?.headers.has("If-None-Match")).toBe(false);
});

test("a second read sends the ETag, and a 304 gives the very same object", async () => {
  const { client, sent } = make(ok(viewer, { ETag: 'W/"1"' }), new Response(null, { status: 304 }));
  const first = await client.query(ViewerDocument, {});
  expect(await client.query(ViewerDocument, {})).toBe(first);
  expect(sent[1]?.headers.get("If-None-Match")).toBe('W/"1"');
});

test("nothing of one person is asked for, or given, as another", async () => {
  const { client, sent } = make(ok(viewer, { ETag: 'W/"1"' }), ok({ viewer: { id: "2" } }));
  await client.query(ViewerDocument, {});
  client.become(token("other"));
  await client.query(ViewerDocument, {});
  expect(sent[1]?.headers.has("If-None-Match")).toBe(false);
});

test("a refused credential is renewed once for all who wait, and they ask again", async () => {
  const { client, sent } = make(
    refused("UNAUTHENTICATED", 401),
    refused("UNAUTHENTICATED", 401),
    ok({ refreshSession: { ...token("second"), user: null } }),
    ok(viewer),
    ok(viewer),
  );
  await Promise.all([client.query(ViewerDocument, {}), client.mutate(UpdateProfileDocument, { displayName: "Ada" })]);
  expect(sent.map((request) => request.headers.get("Authorization"))).toEqual([
    "Bearer first",
    "Bearer first",
    null,
    "Bearer second",
    "Bearer second",
  ]);
});

test("a session that is over says so and is heard of", async () => {
  const { client, onLost } = make(refused("UNAUTHENTICATED"), refused("UNAUTHENTICATED"));
  await expect(client.query(ViewerDocument, {})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(onLost).toHaveBeenCalledTimes(1);
});

test("a write whose answer is lost is asked for again under the same key", async () => {
  const { client, sent } = make(
    new TypeError("failed to fetch"),
    ok({ updateProfile: { id: "1", displayName: "Ada" } }),
  );
  await client.mutate(UpdateProfileDocument, { displayName: "Ada" });
  const keys = sent.map((request) => request.headers.get("Idempotency-Key"));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
});

test("a refused write is not repeated", async () => {
  const { client, sent } = make(refused("CONFLICT"));
  await expect(client.mutate(UpdateProfileDocument, { displayName: "Ada" })).rejects.toMatchObject({
    code: "CONFLICT",
    message: "words",
  });
  expect(sent).toHaveLength(1);
});

test("what is done before signing in carries no credential", async () => {
  const { client, sent } = make(ok({ requestPasswordReset: true }));
  await client.anonymous(RequestPasswordResetDocument, { email: "ada@example.org" });
  expect(sent[0]?.headers.has("Authorization")).toBe(false);
});

test("an answer that is no GraphQL is an error with words", async () => {
  const { client } = make(new Response("<html>", { status: 500 }), new Response("", { status: 503 }));
  await expect(client.query(ViewerDocument, {})).rejects.toMatchObject({ code: "INTERNAL" });
  await expect(client.query(ViewerDocument, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a server that does not know the document's id, as it was built with another site, is sent the text", async () => {
  const { client, sent } = make(refused("NOT_FOUND", 404), ok(viewer));
  expect(await client.query(ViewerDocument, {})).toEqual(viewer);
  expect(sent[1]?.method).toBe("POST");
  expect(await sent[1]?.json()).toMatchObject({ operationName: "Viewer" });
});
