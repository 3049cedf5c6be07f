// A secret that came in a link: taken out of the address at once, kept for this tab until it is used.
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

type Purpose = "set-up" | "invitation" | "reset";

/** The token of `#…`, `#token=…` or `?token=…`; null when there is none. A fragment is sent to no server, so that it wins. */
export function tokenIn(hash: string, search: string): string | null {
  const fragment = hash.replace(/^#/, "");
  const named = fragment.startsWith("token=") ? new URLSearchParams(fragment).get("token") : decode(fragment);
  return named?.trim() || new URLSearchParams(search).get("token")?.trim() || null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function useUrlToken(purpose: Purpose): { token: string | null; forget: () => void } {
  const key = `fermata.token.${purpose}`;
  const navigate = useNavigate();
  const { hash, searchStr } = useLocation();
  const [token, setToken] = useState(() => tokenIn(hash, searchStr) ?? sessionStorage.getItem(key));
  useEffect(() => {
    // Also of a link that is opened while the page is there: a browser then changes the fragment and loads nothing.
    const given = tokenIn(hash, searchStr);
    if (given === null) return;
    setToken(given);
    sessionStorage.setItem(key, given);
    void navigate({ to: ".", hash: "", search: {}, replace: true });
  }, [key, hash, searchStr, navigate]);
  return { token, forget: () => sessionStorage.removeItem(key) };
}
