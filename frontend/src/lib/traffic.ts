// The last looks at the server and what they cost; the inspector shows them.
import { createStore, useStore } from "./store";

export interface Look {
  id: number;
  at: number;
  operation: string;
  outcome: "new" | "not modified" | "failed";
  bytes: number;
  savedBytes: number;
  tookMs: number;
}

const kept = 50;
let nextId = 1;
const looks = createStore<readonly Look[]>([]);

export function recordLook(look: Omit<Look, "id">): void {
  looks.set([{ ...look, id: nextId++ }, ...looks.get()].slice(0, kept));
}

export function useLooks(): readonly Look[] {
  return useStore(looks);
}
