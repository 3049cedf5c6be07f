// What was delivered while a read was on its way: the read may be older than it, and is brought up to date when it lands.
import type { Delivery } from "./merge-list";

export class Journal {
  #entries: Delivery[] = [];
  #first = 0;
  readonly #open = new Map<number, number>();
  #marks = 0;

  add(delivery: Delivery): void {
    if (this.#open.size > 0) this.#entries.push(delivery);
    else this.#first++;
  }

  /** A mark to ask from; close it when the read has landed. */
  open(): number {
    const mark = this.#marks++;
    this.#open.set(mark, this.#first + this.#entries.length);
    return mark;
  }

  since(mark: number): Delivery {
    const from = (this.#open.get(mark) ?? this.#first) - this.#first;
    const entries = this.#entries.slice(from);
    return {
      tasks: entries.flatMap((entry) => entry.tasks),
      deletedIds: entries.flatMap((entry) => entry.deletedIds),
    };
  }

  close(mark: number): void {
    this.#open.delete(mark);
    if (this.#open.size > 0) return;
    this.#first += this.#entries.length;
    this.#entries = [];
  }
}
