// Labels that two people change at once: what each added is there, what each took away is not. Pure.

/** `start`: the labels when the edit began; `mine`: as they are wanted; `now`: as they have become meanwhile. */
export function mergeLabels(start: readonly string[], mine: readonly string[], now: readonly string[]): string[] {
  const kept = now.filter((label) => mine.includes(label) || !start.includes(label));
  const added = mine.filter((label) => !start.includes(label) && !kept.includes(label));
  return [...kept, ...added];
}
