// Everything for people who are signed in; when the session ends underneath, to sign in and back to here.
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useMe, useSession } from "@/lib/session";
import { lastOf } from "@/lib/workspace";
import { Shell } from "./shell";

export function SignedInLayout() {
  const session = useSession();
  if (session.status === "signedIn") return <Outlet />;
  return <Leave backHere={session.status === "signedOut" && session.ended} />;
}

/** Who signed out comes back to the front page; who was signed out, to where they were. */
function Leave({ backHere }: { backHere: boolean }) {
  const { href } = useLocation();
  const [next] = useState(backHere ? href : undefined);
  const navigate = useNavigate();
  useEffect(() => void navigate({ to: "/sign-in", search: { next }, replace: true }), [navigate, next]);
  return null;
}

/** The frame for what belongs to no workspace; its links lead back to the one last looked at. */
export function PlainLayout() {
  const { workspaces } = useMe();
  return (
    <Shell back={lastOf(workspaces.map(({ workspace }) => workspace))}>
      <Outlet />
    </Shell>
  );
}
