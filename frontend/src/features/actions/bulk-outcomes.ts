// What came of many tasks at once, sorted into words: how many change, and for the others why not. Pure.

interface Outcome {
  taskId: string;
  changed: boolean;
  message: string | null;
}

export interface BulkResult {
  matched: number;
  changed: number;
  refused: number;
  /** Of each, or of the first ones only when there are very many. */
  outcomes: readonly Outcome[];
}

export interface Refusal {
  message: string;
  ids: string[];
}

/** Those that do not change, by reason, the most frequent first. */
export function refusals({ outcomes }: BulkResult): Refusal[] {
  const byMessage = new Map<string, string[]>();
  for (const { taskId, changed, message } of outcomes) {
    if (changed) continue;
    const text = message ?? "It does not change.";
    byMessage.set(text, [...(byMessage.get(text) ?? []), taskId]);
  }
  const found = [...byMessage].map(([message, ids]) => ({ message, ids }));
  return found.sort((a, b) => b.ids.length - a.ids.length);
}

export function countOf(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "task" : "tasks"}`;
}

/** The ids that changed, when the answer names each of them: then it can be undone. */
export function changedIds({ changed, outcomes }: BulkResult): string[] | null {
  const ids = outcomes.filter((outcome) => outcome.changed).map((outcome) => outcome.taskId);
  return ids.length === changed ? ids : null;
}
