// Whether the server answers, as one fact for the whole site: the sign in the shell, the back-off, the waiting buttons.
import { useSyncExternalStore } from "react";
import { serverNow } from "./clock";
import { createStore, useStore } from "./store";

export interface Connection {
  /** Server time of the last answer; null before the first. */
  lastAnswerAt: number | null;
  /** Failures in a row; 0 while all is well. */
  failures: number;
  /** When the first of those failures happened, by the server's clock. */
  failingSince: number | null;
}

export const connection = createStore<Connection>({ lastAnswerAt: null, failures: 0, failingSince: null });

export function reportAnswer(): void {
  connection.set({ lastAnswerAt: serverNow(), failures: 0, failingSince: null });
}

export function reportFailure(): void {
  const before = connection.get();
  connection.set({
    ...before,
    failures: before.failures + 1,
    failingSince: before.failingSince ?? serverNow(),
  });
}

export function useConnection(): Connection {
  return useStore(connection);
}

/** Whether the server does not answer; renders only when that changes, not at every answer. */
export function useAway(): boolean {
  return useSyncExternalStore(connection.subscribe, () => connection.get().failures > 0);
}
