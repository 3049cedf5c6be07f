// GraphQL over HTTP: how an operation becomes a request, and an answer becomes data or an ApiError. No credentials, no memory.
import type { TypedDocumentString } from "@/generated/graphql";
import { ApiError, type ErrorCode, networkError } from "./errors";

export type Document<T, V> = TypedDocumentString<T, V>;

interface GraphqlError {
  message: string;
  extensions?: Record<string, unknown> & { code?: ErrorCode };
}

interface Body<T> {
  data?: T | null;
  errors?: GraphqlError[];
}

const accept = "application/graphql-response+json, application/json;q=0.9";
const longestUrl = 6000;

export function nameOf<T, V>(document: Document<T, V>): string {
  return /\b(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? "anonymous";
}

/** A GET with the document's id, which a browser and the server can answer with 304; null when it does not fit into an address. */
export function asGet<T, V>(document: Document<T, V>, variables: V): Request | null {
  const id: unknown = document.__meta__?.hash;
  if (typeof id !== "string") return null;
  const query = new URLSearchParams({ documentId: id });
  if (Object.keys(variables ?? {}).length > 0) query.set("variables", JSON.stringify(variables));
  const url = `/graphql?${query}`;
  if (url.length > longestUrl) return null;
  return new Request(url, { headers: { Accept: accept }, cache: "no-store" });
}

export function asPost<T, V>(document: Document<T, V>, variables: V): Request {
  return new Request("/graphql", {
    method: "POST",
    headers: { Accept: accept, "Content-Type": "application/json" },
    body: JSON.stringify({ query: document.toString(), operationName: nameOf(document), variables }),
  });
}

/** The data of an answer. Throws ApiError when it holds an error, or is no GraphQL answer at all. */
export function readBody<T>(status: number, text: string): T {
  const body = parse<T>(text);
  if (body === null) throw strangeAnswer(status);
  const error = body.errors?.[0];
  if (error !== undefined) {
    throw new ApiError(error.extensions?.code ?? "INTERNAL", error.message, error.extensions ?? {});
  }
  if (body.data === null || body.data === undefined) throw strangeAnswer(status);
  return body.data;
}

function parse<T>(text: string): Body<T> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Body<T>) : null;
  } catch {
    return null;
  }
}

function strangeAnswer(status: number): ApiError {
  if (status === 502 || status === 503 || status === 504) {
    return new ApiError("UNAVAILABLE", "The server is away or full for a moment. Try again shortly.");
  }
  return status === 0
    ? networkError()
    : new ApiError("INTERNAL", `The server gave an answer that makes no sense (HTTP ${status}).`);
}
