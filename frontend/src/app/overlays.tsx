// What lies over every page of a workspace, and the keys that open it. Each is loaded when it is first wanted.
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useKeys } from "@/lib/keys";
import { closeOverlay, openOverlay, useOverlay } from "@/lib/overlays";
import { atLeast, useWorkspace } from "@/lib/workspace";

const Palette = lazy(() => import("@/features/palette/palette").then((module) => ({ default: module.Palette })));
const NewTask = lazy(() => import("@/features/task/new-task").then((module) => ({ default: module.NewTask })));
const KeyList = lazy(() => import("./key-list").then((module) => ({ default: module.KeyList })));

export function Overlays() {
  const overlay = useOverlay();
  useOverlayKeys();
  return (
    <Suspense fallback={null}>
      {overlay.kind === "palette" && <Palette close={() => closeOverlay("palette")} />}
      {overlay.kind === "newTask" && <NewTask draft={overlay.draft} close={() => closeOverlay("newTask")} />}
      {overlay.kind === "keys" && <KeyList close={() => closeOverlay("keys")} />}
    </Suspense>
  );
}

function useOverlayKeys(): void {
  const { slug, viewerRole } = useWorkspace();
  const navigate = useNavigate();
  useKeys({
    ...(atLeast(viewerRole, "EDITOR") && { c: () => openOverlay({ kind: "newTask", draft: {} }) }),
    "?": () => openOverlay({ kind: "keys" }),
    "g b": () => void navigate({ to: "/w/$slug", params: { slug } }),
    "g t": () => void navigate({ to: "/w/$slug/table", params: { slug } }),
  });
  useEffect(() => {
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
}
