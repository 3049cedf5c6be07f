// The keys of the pages with tasks. They act on the open task, else on the one where the keyboard stands.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useKeys } from "@/lib/keys";
import { useAct } from "@/lib/tasks/act";
import { actions, refusal } from "@/lib/tasks/actions";
import { cursor, goTo, step } from "@/lib/tasks/cursor";
import { useFeed } from "@/lib/tasks/live";
import { beside, shownIds } from "@/lib/tasks/shown";
import { toast } from "@/ui/toast";

export function useTaskKeys(slug: string, open: string | undefined): void {
  const act = useAct();
  const feed = useFeed();
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/w/$slug/tasks" });
  const here = () => open ?? cursor.get().id;
  const move = (by: 1 | -1) => {
    const next = step(shownIds(cursor.get().id), cursor.get().id, by);
    if (next === undefined) return;
    goTo(next);
    if (open !== undefined) void navigate({ to: "/w/$slug/t/$id", params: { slug, id: next }, search, replace: true });
  };
  const sideways = (by: 1 | -1) => {
    const next = beside(here() ?? "", by);
    if (next !== undefined) goTo(next);
  };
  const press = (id: (typeof actions)[number]["id"]) => {
    const task = feed.held(here() ?? "");
    if (task === undefined) return;
    const reason = refusal(task, id);
    if (reason === null) act.transition(task, id);
    else toast(`“${task.title}”: ${reason}`);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    h: () => sideways(-1),
    l: () => sideways(1),
    ...Object.fromEntries(actions.map(({ key, id }) => [key, () => press(id)])),
    "/": () => document.querySelector<HTMLElement>("[data-task-search]")?.focus(),
  });
}
