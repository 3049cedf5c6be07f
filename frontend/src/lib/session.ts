// Who is signed in here. Starts from the refresh cookie; everything else hears of changes through the store.
import {
  type MeFragment,
  RefreshSessionDocument,
  type SignedInFragment,
  SignOutDocument,
  ViewerDocument,
} from "@/generated/graphql";
import { ApiError, hasCode } from "./errors";
import { client, sessionLost, signedInAs } from "./graphql";
import { createStore, useStore } from "./store";

export type Session =
  | { status: "starting" }
  | { status: "away"; error: unknown }
  | { status: "signedOut"; ended: boolean }
  | { status: "signedIn"; user: MeFragment };

export const session = createStore<Session>({ status: "starting" });

/** Takes on what signing in, up or a reset gave us. */
export function begin(credentials: SignedInFragment): void {
  client.become(credentials);
  signedInAs.set(credentials.user.id);
  session.set({ status: "signedIn", user: credentials.user });
}

/** Finds out who we are when the page opens. */
export async function resume(): Promise<void> {
  try {
    begin((await client.anonymous(RefreshSessionDocument, {})).refreshSession);
  } catch (error) {
    session.set(hasCode(error, "NETWORK", "UNAVAILABLE", "INTERNAL") ? { status: "away", error } : signedOut(false));
  }
}

/** Forgets everything here, also when the server cannot be told; then it throws, and says that the session goes on there. */
export async function signOut(everywhere: boolean): Promise<void> {
  try {
    await client.mutate(SignOutDocument, { everywhere });
  } catch (error) {
    if (!hasCode(error, "NETWORK", "UNAVAILABLE")) throw error;
    end(false);
    throw new ApiError(
      "NETWORK",
      "This page has forgotten you, but the server could not be reached: the session goes on there. Open the page again later, and sign out.",
    );
  }
  end(false);
}

/** `ended`: the session was revoked or ran out, so that the sign-in page can say so. */
function end(ended: boolean): void {
  client.become(null);
  signedInAs.set(null);
  session.set(signedOut(ended));
}

/** Reads oneself again, after a change of name or of memberships. */
export async function reloadMe(): Promise<void> {
  const { viewer } = await client.query(ViewerDocument, {});
  if (viewer) session.set({ status: "signedIn", user: viewer });
}

export function useSession(): Session {
  return useStore(session);
}

/** The person behind this page; only for what is drawn for people who are signed in. */
export function useMe(): MeFragment {
  const current = useSession();
  if (current.status !== "signedIn") throw new Error("useMe outside of a session");
  return current.user;
}

function signedOut(ended: boolean): Session {
  return { status: "signedOut", ended };
}

sessionLost.subscribe(() => end(true));
