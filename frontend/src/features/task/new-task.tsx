import type { TaskDraft } from "@/lib/overlays";
export function NewTask({ draft, close }: { draft: TaskDraft; close: () => void }) {
  return close && draft ? null : null;
}
