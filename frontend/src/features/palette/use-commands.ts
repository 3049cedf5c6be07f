// What can be done from the palette: the allowed actions on the task where one stands, and what needs none.
import { useMantineColorScheme } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { openOverlay } from "@/lib/overlays";
import { signOut, useMe } from "@/lib/session";
import { useAct } from "@/lib/tasks/act";
import { actionOf } from "@/lib/tasks/actions";
import { cursor } from "@/lib/tasks/cursor";
import { useFeed } from "@/lib/tasks/live";
import { deleteRefusal } from "@/lib/tasks/rights";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { toastError } from "@/ui/toast";
import type { Entry } from "./entry";

export function useCommands(): Entry[] {
  return [...useTaskCommands(), ...useGeneralCommands()];
}

function useTaskCommands(): Entry[] {
  const act = useAct();
  const feed = useFeed();
  const { id: me } = useMe();
  const { viewerRole } = useWorkspace();
  const { id: open } = useParams({ strict: false });
  const task = feed.held(open ?? cursor.get().id ?? "");
  if (task === undefined) return [];
  const name = `“${task.title}”`;
  const entries: Entry[] = task.allowedActions.map((id) => ({
    id,
    label: `${actionOf(id).label} ${name}`,
    hotkey: actionOf(id).key,
    run: () => act.transition(task, id),
  }));
  if (task.allowedActions.includes("PAUSE"))
    entries.push({ id: "until", label: `Pause ${name} until…`, run: () => act.pauseUntil(task) });
  if (atLeast(viewerRole, "EDITOR"))
    entries.push({ id: "duplicate", label: `Duplicate ${name}…`, run: () => act.duplicate(task) });
  if (deleteRefusal(task, viewerRole, me) === null)
    entries.push({ id: "delete", label: `Delete ${name}…`, run: () => act.remove(task) });
  return [...entries, { id: "link", label: `Copy the link to ${name}`, run: () => act.copyLink(task) }];
}

function useGeneralCommands(): Entry[] {
  const { viewerRole } = useWorkspace();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const entries: Entry[] = [
    { id: "keys", label: "Show the list of keys", hotkey: "?", run: () => openOverlay({ kind: "keys" }) },
    { id: "sign-out", label: "Sign out", run: () => void signOut(false).catch(toastError) },
  ];
  for (const scheme of ["light", "dark", "auto"] as const) {
    if (scheme === colorScheme) continue;
    const label = scheme === "auto" ? "Colours like the system" : `${scheme === "dark" ? "Dark" : "Light"} colours`;
    entries.unshift({ id: scheme, label, run: () => setColorScheme(scheme) });
  }
  if (atLeast(viewerRole, "EDITOR")) {
    entries.unshift({
      id: "new",
      label: "New task",
      hotkey: "c",
      run: () => openOverlay({ kind: "newTask", draft: {} }),
    });
  }
  return entries;
}
