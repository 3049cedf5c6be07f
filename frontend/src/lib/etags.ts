// What was last read from each address, with its ETag: a 304 gives the very same object again, so that nothing renders.

export interface Remembered {
  etag: string;
  data: unknown;
  bytes: number;
}

export class Etags {
  readonly #entries = new Map<string, Remembered>();
  readonly #most: number;

  constructor(most = 200) {
    this.#most = most;
  }

  get(url: string): Remembered | undefined {
    return this.#entries.get(url);
  }

  set(url: string, entry: Remembered): void {
    this.#entries.delete(url);
    this.#entries.set(url, entry);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#most && !oldest.done) this.#entries.delete(oldest.value);
  }

  /** After a change of person: nothing of one is ever shown to another. */
  clear(): void {
    this.#entries.clear();
  }
}
