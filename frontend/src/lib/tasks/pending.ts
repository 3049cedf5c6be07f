// The tasks that wait for the server's answer to a click: what was before, and what is drawn meanwhile.
import type { TaskRowFragment } from "@/generated/graphql";
import type { Delivery } from "./merge-list";

interface Waiting {
  before: TaskRowFragment;
  expected: TaskRowFragment;
}

export class Pending {
  readonly #waiting = new Map<string, Waiting>();

  add(before: TaskRowFragment, expected: TaskRowFragment): void {
    this.#waiting.set(before.id, { before, expected });
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** How it was before the click. */
  remove(id: string): TaskRowFragment | undefined {
    const before = this.#waiting.get(id)?.before;
    this.#waiting.delete(id);
    return before;
  }

  /** Without news that are older than the click: they would move the card back for a moment. */
  filter({ tasks, deletedIds }: Delivery): Delivery {
    return { tasks: tasks.filter((task) => !this.#stale(task)), deletedIds };
  }

  /** Together with what is drawn meanwhile, for a read that lands before the answer. */
  with({ tasks, deletedIds }: Delivery): Delivery {
    const expected = [...this.#waiting.values()].map((waiting) => waiting.expected);
    return { tasks: [...tasks, ...expected], deletedIds };
  }

  #stale(task: TaskRowFragment): boolean {
    const waiting = this.#waiting.get(task.id);
    return waiting !== undefined && task.version <= waiting.before.version;
  }
}
