// What somebody had typed for a new task when they closed the form: kept in memory, for them and the workspace, until it is sent.
import { type Values, valuesOf } from "./new-task-values";

const untouched = JSON.stringify(valuesOf({}));

export class Unsent {
  readonly #kept = new Map<string, Values>();

  keep(key: string, values: Values): void {
    if (JSON.stringify(values) === untouched) this.#kept.delete(key);
    else this.#kept.set(key, values);
  }

  get(key: string): Values | undefined {
    return this.#kept.get(key);
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}

export const unsent = new Unsent();
