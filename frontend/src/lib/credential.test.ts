import { expect, test, vi } from "vitest";
import { Credential, type Token } from "./credential";
import { ApiError, networkError } from "./errors";

const now = Date.parse("2026-11-28T12:00:00Z");
const token = (accessToken: string, seconds = 600): Token => ({
  accessToken,
  expiresAt: new Date(now + seconds * 1000).toISOString(),
});

function make(renew: () => Promise<Token>) {
  const onLost = vi.fn();
  return { onLost, credential: new Credential(renew, () => now, onLost) };
}

test("many requests that are refused together renew once", async () => {
  const renew = vi.fn(async () => token("second"));
  const { credential } = make(renew);
  credential.set(token("first"));
  await Promise.all([credential.renew("first"), credential.renew("first"), credential.renew("first")]);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(credential.accessToken).toBe("second");
});

test("a request that was refused before another renewed does not renew again", async () => {
  const renew = vi.fn(async () => token("third"));
  const { credential } = make(renew);
  credential.set(token("second"));
  await credential.renew("first");
  expect(renew).not.toHaveBeenCalled();
});

test("a token about to end is renewed before it is used", async () => {
  const { credential } = make(async () => token("second"));
  credential.set(token("first", 5));
  expect(await credential.current()).toBe("second");
});

test("nobody signed in: no token and no question", async () => {
  const renew = vi.fn(async () => token("x"));
  expect(await make(renew).credential.current()).toBeNull();
  expect(renew).not.toHaveBeenCalled();
});

test("a refused renewal ends the session", async () => {
  const { credential, onLost } = make(() => Promise.reject(new ApiError("UNAUTHENTICATED", "revoked")));
  credential.set(token("first"));
  await expect(credential.renew("first")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(credential.accessToken).toBeNull();
  expect(onLost).toHaveBeenCalledTimes(1);
});

test("a server that is away ends nothing, and the next renewal asks again", async () => {
  const renew = vi
    .fn<() => Promise<Token>>()
    .mockRejectedValueOnce(networkError())
    .mockResolvedValueOnce(token("second"));
  const { credential, onLost } = make(renew);
  credential.set(token("first"));
  await expect(credential.renew("first")).rejects.toMatchObject({ code: "NETWORK" });
  expect(onLost).not.toHaveBeenCalled();
  await credential.renew("first");
  expect(credential.accessToken).toBe("second");
});
