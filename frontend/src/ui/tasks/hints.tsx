// The hint of whatever has one (`data-hint`), shown beside it while it is pointed at or has the keyboard: one for the whole page.
import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { over } from "@/ui/over";

const delayMs = 350;

interface Hint {
  element: HTMLElement;
  text: string;
}

export function Hints() {
  const hint = useHint();
  if (hint === null) return null;
  return (
    <Tooltip key={hint.text} opened target={hint.element} label={hint.text} multiline maw={280} portalProps={over} />
  );
}

function hintOf(target: EventTarget | null): Hint | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;
  const text = element?.dataset.hint;
  return element && text ? { element, text } : null;
}

const moments = ["pointerover", "pointerout", "focusin", "focusout", "click", "keydown", "scroll"] as const;

function useHint(): Hint | null {
  const [hint, setHint] = useState<Hint | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function onEvent(event: Event): void {
      clearTimeout(timer);
      const found = hintOf(event.target);
      if (event.type === "pointerover" && found) timer = setTimeout(() => setHint(found), delayMs);
      else setHint(showsAtOnce(event, found) ? found : null);
    }
    for (const moment of moments) document.addEventListener(moment, onEvent, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const moment of moments) document.removeEventListener(moment, onEvent, { capture: true });
    };
  }, []);
  return hint;
}

/** With the keyboard on it; or after a press, by a finger too, on what cannot be done: then the reason is what one wants. */
function showsAtOnce({ type }: Event, hint: Hint | null): boolean {
  if (hint === null) return false;
  if (type === "focusin") return hint.element.matches(":focus-visible");
  return type === "click" && hint.element.ariaDisabled === "true";
}
