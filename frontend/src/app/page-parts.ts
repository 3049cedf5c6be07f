// Parts of the site that come when they are wanted. One that does not come is no fault of ours: the server is away, or newer than this page.

/** The part could not be fetched. What helps is to load the page again, when somebody answers. */
export class NotLoaded extends Error {
  override name = "NotLoaded";
}

/** `load`, with a failure that says what it is. */
export function part<T>(load: () => Promise<T>): () => Promise<T> {
  return () =>
    load().catch((cause: unknown) => {
      throw new NotLoaded("A part of the site could not be loaded.", { cause });
    });
}

const key = "fermata.reloaded";
const restMs = 60_000;

/** Whether the page may load itself again now: at most once a minute, so that what never comes is no endless round. */
export function mayReload(now: number, storage: Pick<Storage, "getItem" | "setItem">): boolean {
  if (now - Number(storage.getItem(key) ?? 0) < restMs) return false;
  storage.setItem(key, String(now));
  return true;
}
