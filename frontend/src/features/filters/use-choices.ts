// What the filters offer: the kinds of work and the people of this workspace, and the labels of what is on the screen.
import { TaskChoicesDocument } from "@/generated/graphql";
import { shownLabels } from "@/lib/tasks/shown";
import { useRead } from "@/lib/use-graphql";
import { useWorkspace } from "@/lib/workspace";

interface Choice {
  value: string;
  label: string;
}

export function useChoices(): { kinds: Choice[]; people: Choice[]; labels: string[] } {
  const { slug } = useWorkspace();
  const { data } = useRead(TaskChoicesDocument, { slug });
  const { kinds = [], members = [] } = data?.workspace ?? {};
  return {
    kinds: kinds.map(({ name, label }) => ({ value: name, label })),
    people: members.map(({ user }) => ({ value: user.id, label: user.displayName })),
    labels: shownLabels(),
  };
}
