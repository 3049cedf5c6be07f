// Changes since a revision, merged into what we hold. Late or repeated answers change nothing.

interface Versioned {
  id: string;
  version: number;
}

/**
 * `held` with the changed items in place and the deleted ones gone; the same array when nothing is different.
 * Items that we do not hold are left out: `fresh` has them, for the caller to place by its own order.
 */
export function mergeChanges<T extends Versioned>(
  held: readonly T[],
  changed: readonly T[],
  deletedIds: readonly string[],
): { items: readonly T[]; fresh: readonly T[] } {
  const news = newest(changed);
  const gone = new Set(deletedIds);
  const ids = new Set(held.map((item) => item.id));
  const fresh = changed.filter((item) => !ids.has(item.id) && !gone.has(item.id));
  let same = true;
  const items: T[] = [];
  for (const item of held) {
    if (gone.has(item.id)) {
      same = false;
      continue;
    }
    const next = news.get(item.id);
    const newer = next !== undefined && next.version >= item.version && !equal(next, item) ? next : item;
    if (newer !== item) same = false;
    items.push(newer);
  }
  return { items: same ? held : items, fresh };
}

/** By id; the later of two of the same version, as what is derived changes without a new one. */
function newest<T extends Versioned>(changed: readonly T[]): Map<string, T> {
  const news = new Map<string, T>();
  for (const item of changed) if (item.version >= (news.get(item.id)?.version ?? 0)) news.set(item.id, item);
  return news;
}

function equal<T extends Versioned>(a: T, b: T): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
