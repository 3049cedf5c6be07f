// Says the title of the page that one has come to, as a browser does by itself for pages that it loads.
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";

export function Announcer() {
  const [title, setTitle] = useState("");
  useEffect(() => {
    const element = document.querySelector("title");
    if (element === null) return;
    // A page sets its title as it is drawn; that is the moment to say it.
    const watcher = new MutationObserver(() => setTitle(document.title));
    watcher.observe(element, { childList: true, characterData: true, subtree: true });
    return () => watcher.disconnect();
  }, []);
  return <VisuallyHidden aria-live="polite">{title}</VisuallyHidden>;
}
