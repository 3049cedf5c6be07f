import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as generated from "@/generated/graphql";
import manifest from "@/generated/persisted-documents.json";

test("every document of the site is in the manifest, under the hash of its text", () => {
  const texts: Record<string, string> = manifest;
  const ids = Object.values(generated)
    .filter((value) => value instanceof generated.TypedDocumentString)
    .map((document) => document.__meta__?.hash as string | undefined)
    .filter((id) => id !== undefined);
  expect(ids.length).toBeGreaterThan(20);
  expect(Object.keys(texts).sort()).toEqual([...ids].sort());
  for (const [id, text] of Object.entries(texts)) {
    expect(id).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
  }
});
