// Which version of each task was seen last, so that a late answer does not put an old card into a column that it has left.
import type { Delivery } from "./merge-list";

export class Known {
  readonly #versions = new Map<string, number>();

  /** The delivery without what is older than what was seen before; deleted tasks never come back. */
  newest({ tasks, deletedIds }: Delivery): Delivery {
    for (const id of deletedIds) this.#versions.set(id, Number.POSITIVE_INFINITY);
    const fresh = tasks.filter((task) => task.version >= (this.#versions.get(task.id) ?? 0));
    for (const { id, version } of fresh) this.#versions.set(id, version);
    return { tasks: fresh, deletedIds };
  }
}
