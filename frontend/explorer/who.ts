// Who one is in the explorer, and where: what is asked there is asked with that role.
import type { MeFragment } from "@/generated/graphql";
import { lastOf } from "@/lib/workspace";
import { roleLabel } from "@/ui/roles";

/** The examples are about the workspace last looked at. */
export function placeOf({ workspaces }: MeFragment): MeFragment["workspaces"][number] | undefined {
  const last = lastOf(workspaces.map(({ workspace }) => workspace));
  return workspaces.find(({ workspace }) => workspace === last);
}

export function whoIs(user: MeFragment): string {
  const place = placeOf(user);
  const others = user.workspaces.length - 1;
  const more = others > 0 ? `; ${others} more ${others === 1 ? "workspace" : "workspaces"}` : "";
  const role = place ? `, ${roleLabel(place.role)} in ${place.workspace.name}${more}` : "";
  return `Signed in as ${user.displayName}${role}`;
}
