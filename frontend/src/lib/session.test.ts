import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { client, signedInAs } from "./graphql";
import { begin, session, signOut } from "./session";

const me = { __typename: "User", id: "1", email: "ada@example.com", displayName: "Ada", workspaces: [] };
const credentials = { accessToken: "first", expiresAt: "2126-01-01T00:00:00Z", user: me };

beforeEach(() => {
  vi.useFakeTimers();
  begin(credentials as unknown as Parameters<typeof begin>[0]);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const held = () => [session.get().status, client.credential.accessToken, signedInAs.get()];

test("signing out forgets who was here, and the token", async () => {
  expect(held()).toEqual(["signedIn", "first", "1"]);
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ data: { signOut: true } })));
  await signOut(false);
  expect(held()).toEqual(["signedOut", null, null]);
});

test("signing out while the server is away forgets the same, and says that the session goes on there", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const told = expect(signOut(false)).rejects.toMatchObject({ message: expect.stringContaining("goes on there") });
  await vi.runAllTimersAsync();
  await told;
  expect(held()).toEqual(["signedOut", null, null]);
});

test("a refusal of the server is told, and nothing is forgotten that still holds", async () => {
  const refused = { data: null, errors: [{ message: "words", extensions: { code: "INTERNAL" } }] };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(refused)));
  await expect(signOut(false)).rejects.toMatchObject({ code: "INTERNAL" });
  expect(held()).toEqual(["signedIn", "first", "1"]);
});
