// Which task's menu is open, and beside which button: one menu serves all cards, so that a card costs little to draw.
import { useSyncExternalStore } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { createStore, useStore } from "@/lib/store";

interface OpenMenu {
  task: TaskRowFragment;
  button: HTMLElement;
}

const menu = createStore<OpenMenu | null>(null);

export function openMenu(task: TaskRowFragment, button: HTMLElement): void {
  menu.set({ task, button });
}

export function closeMenu(): void {
  menu.set(null);
}

export function useOpenMenu(): OpenMenu | null {
  return useStore(menu);
}

/** Renders the button of one task only, when its own menu opens or closes. */
export function useIsMenuOf(id: string): boolean {
  return useSyncExternalStore(menu.subscribe, () => menu.get()?.task.id === id);
}
