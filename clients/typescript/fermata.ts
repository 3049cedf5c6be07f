/**
 * Fermata from TypeScript: `fetch` and types, nothing to install. Copy it, and write the operations that you need as
 * those in example.ts. Runs in browsers, Deno, Bun and Node 24 as it stands.
 */

export type TaskStatus =
  | "NOT_STARTED" | "QUEUED" | "IN_PROGRESS" | "PAUSING" | "PAUSED" | "CANCELLING" | "CANCELLED" | "COMPLETED" | "FAILED";

export type ErrorCode =
  | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "INVALID_INPUT" | "ILLEGAL_TRANSITION" | "VERSION_CONFLICT"
  | "IDEMPOTENCY_CONFLICT" | "CONFLICT" | "RATE_LIMITED" | "TOO_COMPLEX" | "UNAVAILABLE" | "INTERNAL";

/** A document together with what goes in and what comes out. */
export interface Operation<Data, Variables> {
  readonly text: string;
  readonly types?: (variables: Variables) => Data;
}

export function operation<Data, Variables>(text: string): Operation<Data, Variables> {
  return { text };
}

/** The server refused; `message` says what to do about it. */
export class FermataError extends Error {
  readonly code: ErrorCode;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(message: string, extensions: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = "FermataError";
    this.code = extensions.code as ErrorCode;
    this.extensions = extensions;
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

const TRIES = 4;

export class Fermata {
  readonly #endpoint: string;
  readonly #token: string;

  constructor(address: string, token: string) {
    this.#endpoint = `${address.replace(/\/$/, "")}/graphql`;
    this.#token = token;
  }

  /**
   * Ask once; where the server is busy or away, again with the same Idempotency-Key, so that a change happens once
   * however often it is asked for. Throws FermataError, or what `fetch` throws.
   */
  async ask<Data, Variables>(asked: Operation<Data, Variables>, variables: Variables): Promise<Data> {
    const key = crypto.randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#send<Data>(asked.text, variables, key).catch((error: unknown) => {
        if (attempt === TRIES) throw error;
        return undefined;
      });
      const refusal = answer?.errors?.[0];
      if (answer?.data && !refusal) return answer.data;
      const again = refusal === undefined || refusal.extensions?.code === "UNAVAILABLE";
      if (!again || attempt === TRIES) {
        throw new FermataError(refusal?.message ?? "The server gave no answer.", refusal?.extensions ?? { code: "INTERNAL" });
      }
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }

  async #send<Data>(query: string, variables: unknown, key: string): Promise<Answer<Data>> {
    const response = await fetch(this.#endpoint, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.#token}`,
        "Content-Type": "application/json",
        "Idempotency-Key": key,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  }
}
