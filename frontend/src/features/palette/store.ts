// The palette's own state: opened while it is drawn, and which line `enter` takes.
import { createSpotlight } from "@mantine/spotlight";

export const [store, spotlight] = createSpotlight();

/** The first line, when the one that was chosen is not there any more: what is found comes later than what is typed. */
export function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId);
  const first = list?.querySelector("[data-action]");
  if (!first || list?.querySelector("[data-selected]")) return;
  first.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}
