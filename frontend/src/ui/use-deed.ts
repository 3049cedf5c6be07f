// Doing something by a button: a word when done, the reason when refused, and what the page shows read afresh either way.
import { useQueryClient } from "@tanstack/react-query";
import { client } from "@/lib/graphql";
import type { Document } from "@/lib/wire";
import { toast, toastError } from "./toast";

/** A function that sends the mutation and says `done`; it never throws, so that a button can call it. True when it was done. */
export function useDeed<T, V>(document: Document<T, V>, done: string): (variables: V) => Promise<boolean> {
  const cache = useQueryClient();
  return async (variables) => {
    try {
      await client.mutate(document, variables);
      toast(done);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      await cache.invalidateQueries();
    }
  };
}
