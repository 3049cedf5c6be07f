// The feed of the workspace that the page is in, for lists, panels and actions below.
import { createContext, useContext } from "react";
import type { Feed } from "./feed";

export const FeedContext = createContext<Feed | null>(null);

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error("useFeed outside of a workspace");
  return feed;
}
