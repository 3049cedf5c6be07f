// Where to go after signing in: only ever an address of this site.

/** `next` when it is a path of ours, else the front page; never another origin, nor back to signing in. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith("/") || /^\/[/\\]/.test(next)) return "/";
  const { origin, pathname, search, hash } = new URL(next, window.location.origin);
  // "/.//evil.example" is a path of ours that reads "//evil.example" once it is put together again: another site.
  const ours = origin === window.location.origin && pathname !== "/sign-in" && !pathname.startsWith("//");
  return ours ? `${pathname}${search}${hash}` : "/";
}
