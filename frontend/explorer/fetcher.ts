// How GraphiQL asks: with the site's credential, and server-sent events for subscriptions.
import type { Fetcher, FetcherParams } from "@graphiql/toolkit";
import type { ExecutionResult } from "graphql";
import { client } from "@/lib/graphql";
import { readEvents } from "./events";

export const fetcher: Fetcher = (params, options) => {
  const headers = new Headers(options?.headers);
  return isSubscription(params, options?.documentAST) ? stream(params, headers) : once(params, headers);
};

type Definitions = NonNullable<NonNullable<Parameters<Fetcher>[1]>["documentAST"]>;

function isSubscription({ operationName }: FetcherParams, document: Definitions | undefined): boolean {
  return (document?.definitions ?? []).some(
    (definition) =>
      definition.kind === "OperationDefinition" &&
      definition.operation === "subscription" &&
      (!operationName || definition.name?.value === operationName),
  );
}

async function once(params: FetcherParams, headers: Headers): Promise<ExecutionResult> {
  const response = await post(params, headers, "application/graphql-response+json, application/json;q=0.9");
  return (await response.json()) as ExecutionResult;
}

async function* stream(params: FetcherParams, headers: Headers): AsyncGenerator<ExecutionResult> {
  const response = await post(params, headers, "text/event-stream");
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || response.body === null) {
    yield (await response.json()) as ExecutionResult;
    return;
  }
  for await (const { event, data } of readEvents(response.body)) {
    if (event === "complete") return;
    if (event === "next") yield JSON.parse(data) as ExecutionResult;
  }
}

function post(params: FetcherParams, headers: Headers, accept: string): Promise<Response> {
  headers.set("Accept", accept);
  headers.set("Content-Type", "application/json");
  return client.authorisedFetch(new Request("/graphql", { method: "POST", headers, body: JSON.stringify(params) }));
}
