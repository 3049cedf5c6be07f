// What a person chose in this browser: how often to look, which time zone. Kept in local storage, shared between tabs.
import { createStore, useStore } from "./store";

export interface Preferences {
  /** How often to look, in ms; null: paused. */
  pollEveryMs: number | null;
  timeZone: "mine" | "utc";
}

export const pollChoices = [null, 1000, 2000, 5000, 15_000, 60_000] as const;
const key = "fermata.preferences";
const defaults: Preferences = { pollEveryMs: 2000, timeZone: "mine" };

/** Reads what was stored; anything that is not a choice of ours falls back to the default. */
export function parsePreferences(text: string | null): Preferences {
  try {
    const stored = JSON.parse(text ?? "{}") as Partial<Preferences>;
    const known = pollChoices.some((choice) => choice === stored.pollEveryMs);
    return {
      pollEveryMs: known ? (stored.pollEveryMs ?? null) : defaults.pollEveryMs,
      timeZone: stored.timeZone === "utc" ? "utc" : "mine",
    };
  } catch {
    return defaults;
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const preferences = createStore(parsePreferences(read()));

export function setPreferences(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...change });
  try {
    localStorage.setItem(key, JSON.stringify(preferences.get()));
  } catch {
    // Storage is off: the choice holds until the page is closed.
  }
}

window.addEventListener("storage", (event) => {
  if (event.key === key) preferences.set(parsePreferences(event.newValue));
});

export function usePreferences(): Preferences {
  return useStore(preferences);
}
