// What lies over every page of a workspace. Each is loaded when it is wanted, or a moment after the page.
import { lazy, Suspense, useEffect } from "react";
import { closeOverlay, useOverlay } from "@/lib/overlays";

const aheadMs = 1500;

const loadPalette = () => import("@/features/palette/palette");
const loadNewTask = () => import("@/features/task/new-task");
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const NewTask = lazy(() => loadNewTask().then((module) => ({ default: module.NewTask })));
const KeyList = lazy(() => import("./key-list").then((module) => ({ default: module.KeyList })));

export function Overlays() {
  const overlay = useOverlay();
  useLoadAhead();
  return (
    <Suspense fallback={null}>
      {overlay.kind === "palette" && <Palette close={() => closeOverlay("palette")} />}
      {overlay.kind === "newTask" && <NewTask draft={overlay.draft} close={() => closeOverlay("newTask")} />}
      {overlay.kind === "keys" && <KeyList close={() => closeOverlay("keys")} />}
    </Suspense>
  );
}

/** What is most wanted is there before it is wanted, but not before the page. */
function useLoadAhead(): void {
  useEffect(() => {
    const load = () => void Promise.all([loadPalette(), loadNewTask()]).catch(() => undefined);
    const timer = setTimeout(load, aheadMs);
    return () => clearTimeout(timer);
  }, []);
}
