// The roles in words, lowest first; each may do all that the ones before it may.
import type { Role } from "@/generated/graphql";

export const roles: readonly { value: Role; label: string; may: string }[] = [
  { value: "VIEWER", label: "Viewer", may: "see tasks, their history and logs, and who the members are" },
  { value: "OPERATOR", label: "Operator", may: "run, pause, resume and cancel any task" },
  { value: "EDITOR", label: "Editor", may: "create tasks, and edit and delete their own" },
  {
    value: "ADMIN",
    label: "Admin",
    may: "edit and delete any task; manage members, invitations and everyone’s tokens",
  },
];

export function roleLabel(role: Role): string {
  return roles.find(({ value }) => value === role)?.label ?? role;
}
