// The site's one client, and hooks over it: useRead polls nothing by itself, useLive polls by the policy of poll.ts.
import { RefreshSessionDocument } from "@/generated/graphql";
import { Client } from "./client";
import type { Token } from "./credential";
import { createStore } from "./store";

/** Rings when the session is over; lib/session listens. */
export const sessionLost = createStore(0);

async function renew(asking: Client): Promise<Token> {
  const ask = async () => (await asking.anonymous(RefreshSessionDocument, {})).refreshSession;
  // A refresh token is used once: tabs of one browser take turns.
  return "locks" in navigator ? await navigator.locks.request("fermata.renew", ask) : ask();
}

export const client = new Client({
  fetch: (request) => fetch(request),
  renew,
  onLost: () => sessionLost.set(sessionLost.get() + 1),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
