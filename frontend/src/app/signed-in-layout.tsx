// Everything for people who are signed in; when the session ends underneath, to sign in and back to here.
import { Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { useSession } from "@/lib/session";
import { Shell } from "./shell";

export function SignedInLayout() {
  const session = useSession();
  const { href } = useLocation();
  if (session.status !== "signedIn") {
    const next = session.status === "signedOut" && !session.ended ? undefined : href;
    return <Navigate to="/sign-in" search={{ next }} replace />;
  }
  return <Outlet />;
}

/** The frame for what belongs to no workspace. */
export function PlainLayout() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
