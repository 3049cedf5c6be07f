// The site's one client, and hooks over it: useRead polls nothing by itself, useLive polls by the policy of poll.ts.
import { RefreshSessionDocument } from "@/generated/graphql";
import { Client } from "./client";
import type { Token } from "./credential";
import { createStore } from "./store";

/** Rings when the session is over; lib/session listens. */
export const sessionLost = createStore(0);

/** The id of whoever is signed in here, to notice when another tab signs somebody else in. */
export const signedInAs = createStore<string | null>(null);

async function ask(asking: Client): Promise<Token> {
  const { user, ...token } = (await asking.anonymous(RefreshSessionDocument, {})).refreshSession;
  if (user.id === signedInAs.get()) return token;
  // The cookie of this browser is another person's by now: start afresh as them, and show them nothing of this one.
  window.location.reload();
  return new Promise(() => undefined);
}

/** A refresh token is used once: tabs of one browser take turns. */
async function renew(asking: Client): Promise<Token> {
  return "locks" in navigator ? await navigator.locks.request("fermata.renew", () => ask(asking)) : ask(asking);
}

export const client = new Client({
  fetch: (request) => fetch(request),
  renew,
  onLost: () => sessionLost.set(sessionLost.get() + 1),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
