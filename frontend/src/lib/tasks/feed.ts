// What changes in a workspace, brought into everything that is on the screen. It knows the cache of lists and of single tasks,
// a revision to ask from, and which tasks wait for an answer; it knows nothing of pages.
import type { QueryClient } from "@tanstack/react-query";
import { ChangesDocument, type ChangesQuery, type Role, type TaskRowFragment } from "@/generated/graphql";
import type { Client } from "@/lib/client";
import { createStore } from "@/lib/store";
import { Journal } from "./journal";
import { Known } from "./known";
import type { ListSpec } from "./list-spec";
import { type Delivery, mergeList, mergeTask, type TaskList } from "./merge-list";
import { Pending } from "./pending";

type Counts = NonNullable<ChangesQuery["workspace"]>["counts"];
type Answer = NonNullable<ChangesQuery["workspace"]>;

interface Place {
  slug: string;
  revision: string;
  counts: Counts;
  viewerRole: Role;
}

let feeds = 0;
const mostRounds = 50;

export class Feed {
  readonly slug: string;
  readonly counts;
  readonly pending = new Pending();
  readonly #client: Client;
  readonly #cache: QueryClient;
  readonly #journal = new Journal();
  readonly #known = new Known();
  readonly #name = `feed ${++feeds}`;
  #since: string;
  #role: Role;

  constructor(client: Client, cache: QueryClient, { slug, revision, counts, viewerRole }: Place) {
    this.#client = client;
    this.#cache = cache;
    this.slug = slug;
    this.#since = revision;
    this.#role = viewerRole;
    this.counts = createStore(counts);
  }

  get key(): readonly unknown[] {
    return [this.#name, "look"];
  }

  /** Under which a list is cached; lists of an earlier feed are never seen again. */
  listKey(spec?: ListSpec): readonly unknown[] {
    return spec === undefined ? [this.#name, "list"] : [this.#name, "list", spec];
  }

  taskKey(id: string): readonly unknown[] {
    return [this.#name, "task", id];
  }

  /** One look at the server: all that changed since the last one, page by page. */
  async look(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const data = await this.#client.query(ChangesDocument, { slug: this.slug, since: this.#since }, { signal });
      if (data.workspace === null || this.#rightsChanged(data.workspace)) return this.refresh();
      if (!this.#take(data.workspace)) return;
    }
    this.refresh();
  }

  /** A look at once, whatever the clock says. */
  lookSoon(): void {
    void this.#cache.invalidateQueries({ queryKey: this.key });
  }

  /** Everything anew: the revision is too old, or what one may has changed. */
  refresh(): void {
    const here = this.#name;
    void this.#cache.invalidateQueries({ queryKey: [here, "list"] });
    void this.#cache.invalidateQueries({ queryKey: [here, "task"] });
    void this.#cache.invalidateQueries({ queryKey: ["Workspace"] });
  }

  #rightsChanged({ viewerRole }: Answer): boolean {
    const changed = viewerRole !== this.#role;
    this.#role = viewerRole;
    return changed;
  }

  /** Whether there is more to ask for. */
  #take({ changes, counts }: Answer): boolean {
    if (JSON.stringify(counts) !== JSON.stringify(this.counts.get())) this.counts.set(counts);
    const { revision, tasks, deletedIds, hasMore, reset } = changes;
    if (reset) this.refresh();
    if (reset || tasks.length > 0 || deletedIds.length > 0 || hasMore) this.#since = revision;
    this.apply({ tasks, deletedIds });
    return hasMore;
  }

  /** Brings changes into every list and task on the screen. Late or repeated ones change nothing. */
  apply(delivery: Delivery): void {
    if (delivery.tasks.length === 0 && delivery.deletedIds.length === 0) return;
    const news = this.#known.newest(this.pending.filter(delivery));
    this.#draw(news);
    const ids = [...news.tasks.map((task) => task.id), ...news.deletedIds];
    for (const id of ids) void this.#cache.invalidateQueries({ queryKey: this.taskKey(id) });
    void this.#cache.invalidateQueries({ queryKey: ["TotalCount"] });
  }

  #draw(news: Delivery): void {
    this.#journal.add(news);
    for (const query of this.#cache.getQueryCache().findAll({ queryKey: this.listKey() })) {
      const list = query.state.data as TaskList | undefined;
      if (list === undefined) continue;
      const { list: next, unsure } = mergeList(list, query.queryKey[2] as ListSpec, news);
      if (next !== list) this.#cache.setQueryData(query.queryKey, next);
      if (unsure) void this.#cache.invalidateQueries({ queryKey: query.queryKey });
    }
    for (const task of news.tasks) {
      this.#cache.setQueryData<TaskRowFragment>(this.taskKey(task.id), (held) => held && mergeTask(held, task));
    }
  }

  /** Draws a task as we expect it to become, until `settle`. */
  expect(before: TaskRowFragment, expected: TaskRowFragment): void {
    this.#draw({ tasks: [expected], deletedIds: [] });
    this.pending.add(before, expected);
  }

  /** The answer: the task as it is now; null: refused, and it is as it was. */
  settle(id: string, answer: TaskRowFragment | null): void {
    const before = this.pending.remove(id);
    const task = answer ?? before;
    if (task !== undefined) this.apply({ tasks: [task], deletedIds: [] });
  }

  /** Reads something and brings it up to what was delivered in the meantime. */
  async reading<T>(read: () => Promise<T>, renew: (value: T, since: Delivery) => T): Promise<T> {
    const mark = this.#journal.open();
    try {
      return renew(await read(), this.pending.with(this.#journal.since(mark)));
    } finally {
      this.#journal.close(mark);
    }
  }

  /** The tasks on the screen that have these ids, as far as we hold them. */
  held(id: string): TaskRowFragment | undefined {
    for (const query of this.#cache.getQueryCache().findAll({ queryKey: this.listKey() })) {
      const found = (query.state.data as TaskList | undefined)?.items.find((item) => item.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
