// What can go wrong with a request, as one error type with a code; the message is already meant for people.

export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "INVALID_INPUT"
  | "ILLEGAL_TRANSITION"
  | "VERSION_CONFLICT"
  | "IDEMPOTENCY_CONFLICT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "TOO_COMPLEX"
  | "UNAVAILABLE"
  | "INTERNAL"
  | "NETWORK";

export interface FieldError {
  path: string;
  message: string;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.extensions = extensions;
  }

  /** The fields that INVALID_INPUT names, for the form to show beside its inputs. */
  get fields(): FieldError[] {
    const fields = this.extensions.fields;
    return Array.isArray(fields) ? fields.filter(isFieldError) : [];
  }

  /** How long RATE_LIMITED or UNAVAILABLE asks us to wait, in milliseconds. */
  get retryAfterMs(): number | null {
    const wait = this.extensions.retryAfterMs;
    return typeof wait === "number" && wait >= 0 ? wait : null;
  }
}

function isFieldError(value: unknown): value is FieldError {
  return typeof value === "object" && value !== null && "path" in value && "message" in value;
}

export function hasCode(error: unknown, ...codes: ErrorCode[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}

/** Words for people, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return "Something went wrong here that we did not foresee. Reload the page and try again.";
}

/** The same, with what is wrong with which value, for where no field can show it. */
export function reasonOf(error: unknown): string {
  const fields = hasCode(error, "INVALID_INPUT") ? error.fields : [];
  return fields.length === 0 ? messageOf(error) : fields.map(({ path, message }) => `${path}: ${message}`).join("; ");
}

export function networkError(): ApiError {
  return new ApiError("NETWORK", "The server did not answer. Check the connection; nothing was lost.");
}
