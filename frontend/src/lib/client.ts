// One way to the server: credential, one renewal when it is refused, conditional reads, safe repeats of writes.
import { observeDate, serverNow } from "./clock";
import { reportAnswer, reportFailure } from "./connection";
import { Credential, type Token } from "./credential";
import { ApiError, hasCode, networkError } from "./errors";
import { Etags } from "./etags";
import { recordLook } from "./traffic";
import { asGet, asPost, type Document, nameOf, readBody } from "./wire";

export interface ClientParts {
  fetch: (request: Request) => Promise<Response>;
  renew: (client: Client) => Promise<Token>;
  onLost: () => void;
  /** Waits before a repeat, in ms. */
  wait: (ms: number) => Promise<void>;
}

interface Options {
  signal?: AbortSignal | undefined;
}

interface Answer {
  status: number;
  text: string;
  etag: string | null;
}

const repeats = 2;

export class Client {
  readonly credential: Credential;
  readonly #etags = new Etags();
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.credential = new Credential(() => parts.renew(this), serverNow, parts.onLost);
  }

  /** Forget whoever was signed in, or take on who is now. */
  become(token: Token | null): void {
    this.#etags.clear();
    this.credential.set(token);
  }

  /** Reads; unchanged data come back as the same object. */
  async query<T, V>(document: Document<T, V>, variables: V, options: Options = {}): Promise<T> {
    const request = asGet(document, variables);
    if (request === null) return this.#read<T>(await this.#authorised(asPost(document, variables), options));
    const known = this.#etags.get(request.url);
    if (known) request.headers.set("If-None-Match", known.etag);
    const startedAt = performance.now();
    const look = { at: serverNow(), operation: nameOf(document), bytes: 0, savedBytes: 0 };
    const answer = await this.#authorised(request, options).catch((error: unknown) => {
      if (!options.signal?.aborted) recordLook({ ...look, outcome: "failed", tookMs: performance.now() - startedAt });
      throw error;
    });
    if (answer.status === 404) return this.#read<T>(await this.#authorised(asPost(document, variables), options));
    const tookMs = performance.now() - startedAt;
    if (answer.status === 304 && known) {
      recordLook({ ...look, outcome: "not modified", savedBytes: known.bytes, tookMs });
      return known.data as T;
    }
    const data = this.#read<T>(answer);
    recordLook({ ...look, outcome: "new", bytes: answer.text.length, tookMs });
    if (answer.etag) this.#etags.set(request.url, { etag: answer.etag, data, bytes: answer.text.length });
    return data;
  }

  /** Writes, at most once: a lost answer is asked for again under the same key. */
  async mutate<T, V>(document: Document<T, V>, variables: V, options: Options = {}): Promise<T> {
    const request = asPost(document, variables);
    request.headers.set("Idempotency-Key", newKey());
    for (let attempt = 0; ; attempt++) {
      try {
        return this.#read<T>(await this.#authorised(request.clone(), options));
      } catch (error) {
        if (attempt >= repeats || !hasCode(error, "NETWORK", "UNAVAILABLE")) throw error;
        await this.#parts.wait(error.retryAfterMs ?? 400 * 2 ** attempt);
      }
    }
  }

  /** Without the access token: what signs in, up, or renews. */
  async anonymous<T, V>(document: Document<T, V>, variables: V): Promise<T> {
    return this.#read<T>(await this.#send(asPost(document, variables)));
  }

  /** Any request of ours with the credential, for the explorer: the answer as it came. */
  async authorisedFetch(request: Request): Promise<Response> {
    const token = await this.credential.current();
    const response = await this.#parts.fetch(withToken(request.clone(), token));
    if (token === null || response.status !== 401) return response;
    await this.credential.renew(token);
    return this.#parts.fetch(withToken(request, this.credential.accessToken));
  }

  async #authorised(request: Request, { signal }: Options): Promise<Answer> {
    const token = await this.credential.current();
    const answer = await this.#send(request.clone(), token, signal);
    if (token === null || !isUnauthenticated(answer)) return answer;
    await this.credential.renew(token);
    return this.#send(request, this.credential.accessToken, signal);
  }

  async #send(request: Request, token: string | null = null, signal?: AbortSignal): Promise<Answer> {
    withToken(request, token);
    const sentAt = Date.now();
    try {
      const response = await this.#parts.fetch(signal ? new Request(request, { signal }) : request);
      observeDate(sentAt, Date.now(), response.headers.get("Date"));
      const text = await response.text();
      if (response.status < 502) reportAnswer();
      else reportFailure();
      return { status: response.status, text, etag: response.headers.get("ETag") };
    } catch (error) {
      if (signal?.aborted) throw error;
      reportFailure();
      throw networkError();
    }
  }

  #read<T>(answer: Answer): T {
    return readBody<T>(answer.status, answer.text);
  }
}

function withToken(request: Request, token: string | null): Request {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}

function isUnauthenticated({ status, text }: Answer): boolean {
  if (status === 304) return false;
  try {
    readBody(status, text);
    return false;
  } catch (error) {
    return error instanceof ApiError && error.code === "UNAUTHENTICATED";
  }
}

/** 128 random bits; `crypto.randomUUID` exists on secure origins only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
