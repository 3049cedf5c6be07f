// What lies over every page of a workspace. Each is loaded when it is first wanted.
import { lazy, Suspense } from "react";
import { closeOverlay, useOverlay } from "@/lib/overlays";

const Palette = lazy(() => import("@/features/palette/palette").then((module) => ({ default: module.Palette })));
const NewTask = lazy(() => import("@/features/task/new-task").then((module) => ({ default: module.NewTask })));
const KeyList = lazy(() => import("./key-list").then((module) => ({ default: module.KeyList })));

export function Overlays() {
  const overlay = useOverlay();
  return (
    <Suspense fallback={null}>
      {overlay.kind === "palette" && <Palette close={() => closeOverlay("palette")} />}
      {overlay.kind === "newTask" && <NewTask draft={overlay.draft} close={() => closeOverlay("newTask")} />}
      {overlay.kind === "keys" && <KeyList close={() => closeOverlay("keys")} />}
    </Suspense>
  );
}
