// The bare address: on to the workspace last looked at, to a first one, or to signing in.
import { Navigate } from "@tanstack/react-router";
import { useSession } from "@/lib/session";
import { lastOf } from "@/lib/workspace";

export function HomePage() {
  const session = useSession();
  if (session.status !== "signedIn") return <Navigate to="/sign-in" replace />;
  const slug = lastOf(session.user.workspaces.map(({ workspace }) => workspace))?.slug;
  if (slug === undefined) return <Navigate to="/new-workspace" replace />;
  return <Navigate to="/w/$slug" params={{ slug }} replace />;
}
