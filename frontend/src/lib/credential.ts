// The access token, in memory only, and its renewal by the refresh cookie: one at a time, however many requests wait for it.
import { ApiError, hasCode } from "./errors";

export interface Token {
  accessToken: string;
  /** ISO 8601, by the server's clock. */
  expiresAt: string;
}

const marginMs = 10_000;

export class Credential {
  #token: Token | null = null;
  #renewing: Promise<void> | null = null;
  readonly #renew: () => Promise<Token>;
  readonly #now: () => number;
  readonly #onLost: () => void;

  /** `renew` asks the server for a new token; `onLost` hears that the session is over. */
  constructor(renew: () => Promise<Token>, now: () => number, onLost: () => void) {
    this.#renew = renew;
    this.#now = now;
    this.#onLost = onLost;
  }

  get accessToken(): string | null {
    return this.#token?.accessToken ?? null;
  }

  set(token: Token | null): void {
    this.#token = token;
  }

  /** A token that holds for a while yet, renewed first when it is about to end; null when nobody is signed in. */
  async current(): Promise<string | null> {
    if (this.#token === null) return null;
    if (Date.parse(this.#token.expiresAt) - this.#now() < marginMs) await this.renew(this.#token.accessToken);
    return this.accessToken;
  }

  /** Renews unless somebody already did since `refused` was sent. Throws when the session is over or the server is away. */
  async renew(refused: string | null): Promise<void> {
    if (this.#token !== null && this.#token.accessToken !== refused) return;
    this.#renewing ??= this.#renewOnce().finally(() => {
      this.#renewing = null;
    });
    await this.#renewing;
  }

  async #renewOnce(): Promise<void> {
    try {
      this.#token = await this.#renew();
    } catch (error) {
      if (hasCode(error, "UNAUTHENTICATED")) {
        this.#token = null;
        this.#onLost();
        throw new ApiError("UNAUTHENTICATED", "Your session has ended. Sign in again to go on.");
      }
      throw error;
    }
  }
}
