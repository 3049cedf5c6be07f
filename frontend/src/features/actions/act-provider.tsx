// Puts the deeds behind `useAct`: what asks first, asks; then it is done and said.
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { TaskAction, TaskRowFragment } from "@/generated/graphql";
import { openOverlay } from "@/lib/overlays";
import { useMe } from "@/lib/session";
import { type Act, ActContext } from "@/lib/tasks/act";
import { actionOf } from "@/lib/tasks/actions";
import { draftOf } from "@/lib/tasks/draft-of";
import type { Feed } from "@/lib/tasks/feed";
import { useFeed } from "@/lib/tasks/live";
import { useWorkspace } from "@/lib/workspace";
import { toast, toastError } from "@/ui/toast";
import { ask } from "./ask";
import { openBulk } from "./bulk-dialog";
import { perform, remove } from "./deeds";
import { askPauseUntil } from "./pause-until";

export function ActProvider({ children }: { children: ReactNode }) {
  const feed = useFeed();
  const { id: me } = useMe();
  const { id: workspaceId, slug } = useWorkspace();
  const router = useRouter();
  const act = useMemo<Act>(() => {
    const linkTo = (task: TaskRowFragment) =>
      window.location.origin + router.buildLocation({ to: "/w/$slug/t/$id", params: { slug, id: task.id } }).href;
    return {
      transition: (task, id) => askOrDo(feed, me, task, id),
      pauseUntil: (task) =>
        askPauseUntil(task, (resumeAt, reason) => void perform(feed, me, task, "PAUSE", { resumeAt, reason })),
      remove: (task) => askRemove(feed, me, task),
      duplicate: (task) => void draftOf(task.id).then((draft) => openOverlay({ kind: "newTask", draft }), toastError),
      copyLink: (task) => void copy(linkTo(task)),
      bulk: (target, action, done) => openBulk({ feed, workspaceId, target, action, done }),
    };
  }, [feed, me, workspaceId, slug, router]);
  return <ActContext value={act}>{children}</ActContext>;
}

function askOrDo(feed: Feed, me: string, task: TaskRowFragment, id: TaskAction): void {
  const { confirm, label } = actionOf(id);
  if (confirm === null) return void perform(feed, me, task, id);
  ask({
    title: `${label} “${task.title}”?`,
    body: confirm,
    deed: `${label} the task`,
    act: (reason) => void perform(feed, me, task, id, { reason }),
  });
}

function askRemove(feed: Feed, me: string, task: TaskRowFragment): void {
  ask({
    title: `Delete “${task.title}”?`,
    body: "It disappears from the board for everyone; its history stays in the audit log.",
    deed: "Delete the task",
    final: true,
    act: (reason) => void remove(feed, me, task, reason),
  });
}

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    toast("The link is copied");
  } catch {
    toast(link);
  }
}
