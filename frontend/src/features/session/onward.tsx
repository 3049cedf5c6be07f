// Leaves the sign-in page for where one was going; the explorer is a document of its own.
// Once: a Navigate goes again at every render, and a page that watches its own address is rendered by each of them, without end.
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

export function Onward({ to }: { to: string }) {
  const { history } = useRouter();
  useEffect(() => {
    if (/^\/graphiql\b/.test(to)) window.location.replace(to);
    else history.replace(to);
  }, [history, to]);
  return null;
}
