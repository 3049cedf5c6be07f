// What could not be read, read aloud, with a button to try again; while nobody answers it is tried again by itself.
import { Button } from "@mantine/core";
import { useEffect, useEffectEvent, useRef } from "react";
import { useAway } from "@/lib/connection";
import { Notice } from "./notice";

const againMs = 5000;

export function Failure({ message, again, order = 1 }: { message: string; again: () => void; order?: 1 | 2 }) {
  const away = useAway();
  const wasAway = useRef(away);
  const retry = useEffectEvent(again);
  useEffect(() => {
    if (wasAway.current && !away) retry();
    wasAway.current = away;
    if (!away) return;
    const timer = setInterval(retry, againMs);
    return () => clearInterval(timer);
  }, [away]);
  return (
    <Notice title="This could not be loaded" order={order} alert action={<Button onClick={again}>Try again</Button>}>
      {message} {away && "This page tries again by itself."}
    </Notice>
  );
}
