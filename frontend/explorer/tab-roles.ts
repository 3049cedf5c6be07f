// GraphiQL 5.4 puts buttons inside of role=tab, which a screen reader cannot reach (axe: nested-interactive).
// Its tabs are a list of buttons, so we say that instead.

function repair(root: ParentNode): void {
  for (const list of root.querySelectorAll('[role="tablist"]')) list.setAttribute("role", "list");
  for (const tab of root.querySelectorAll('li[role="tab"], li[aria-selected]')) {
    const selected = tab.getAttribute("aria-selected");
    tab.removeAttribute("role");
    tab.removeAttribute("aria-selected");
    if (selected === "true") tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

/** Keeps the tabs within `root` in order as GraphiQL draws them anew. */
export function repairTabs(root: HTMLElement): void {
  const watcher = new MutationObserver(() => repair(root));
  watcher.observe(root, { subtree: true, childList: true, attributeFilter: ["role", "aria-selected"] });
  repair(root);
}
