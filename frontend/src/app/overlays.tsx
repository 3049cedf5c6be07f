// What lies over every page of a workspace. Each is loaded when it is wanted, or a moment after the page.
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { closeOverlay, useOverlay } from "@/lib/overlays";
import { useWorkspace } from "@/lib/workspace";
import { part } from "./page-parts";

const aheadMs = 1500;

const loadPalette = part(() => import("@/features/palette/palette"));
const loadNewTask = part(() => import("@/features/task/new-task"));
const loadKeyList = part(() => import("./key-list"));
const pages = ["/w/$slug/people", "/w/$slug/tokens", "/w/$slug/audit"] as const;
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const NewTask = lazy(() => loadNewTask().then((module) => ({ default: module.NewTask })));
const KeyList = lazy(() => loadKeyList().then((module) => ({ default: module.KeyList })));

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

/** What is wanted next is there before it is wanted, but not before the page: also when the server is away by then. */
function useLoadAhead(): void {
  const router = useRouter();
  const { slug } = useWorkspace();
  useEffect(() => {
    const load = () => {
      const code = [loadPalette(), loadNewTask(), loadKeyList()];
      const routes = pages.map((to) => router.preloadRoute({ to, params: { slug } }));
      void Promise.all([...code, ...routes]).catch(() => undefined);
    };
    const timer = setTimeout(load, aheadMs);
    return () => clearTimeout(timer);
  }, [router, slug]);
}
