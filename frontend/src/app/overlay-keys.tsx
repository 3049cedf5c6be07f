// The keys that work on every page of a workspace; there with the page, before what they open is loaded.
import { useNavigate } from "@tanstack/react-router";
import { useLayoutEffect } from "react";
import { useKeys } from "@/lib/keys";
import { openOverlay } from "@/lib/overlays";
import { atLeast, useWorkspace } from "@/lib/workspace";

export function OverlayKeys() {
  const { slug, viewerRole } = useWorkspace();
  const navigate = useNavigate();
  useKeys({
    ...(atLeast(viewerRole, "EDITOR") && { c: () => openOverlay({ kind: "newTask", draft: {} }) }),
    "?": () => openOverlay({ kind: "keys" }),
    "g b": () => void navigate({ to: "/w/$slug", params: { slug } }),
    "g t": () => void navigate({ to: "/w/$slug/table", params: { slug } }),
  });
  useLayoutEffect(() => {
    // Ctrl/⌘K opens from everywhere, also from a field.
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      openOverlay({ kind: "palette" });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
