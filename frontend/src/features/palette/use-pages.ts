// Where one can go from the palette: the pages of this workspace, the account, the other workspaces.
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "@/lib/session";
import { useWorkspace } from "@/lib/workspace";
import type { Entry } from "./entry";

const pages = [
  { to: "/w/$slug", label: "Board", hotkey: "g b" },
  { to: "/w/$slug/table", label: "Table", hotkey: "g t" },
  { to: "/w/$slug/people", label: "People" },
  { to: "/w/$slug/tokens", label: "Tokens" },
  { to: "/w/$slug/audit", label: "Audit" },
] as const;

export function usePages(): Entry[] {
  const { slug } = useWorkspace();
  const { workspaces } = useMe();
  const navigate = useNavigate();
  const others = workspaces.map(({ workspace }) => workspace).filter((workspace) => workspace.slug !== slug);
  return [
    ...pages.map(({ to, ...page }) => ({ id: to, ...page, run: () => void navigate({ to, params: { slug } }) })),
    { id: "explorer", label: "Explorer", run: () => window.location.assign("/graphiql") },
    { id: "account", label: "Account", run: () => void navigate({ to: "/account" }) },
    ...others.map((other) => ({
      id: other.id,
      label: `Workspace ${other.name}`,
      run: () => void navigate({ to: "/w/$slug", params: { slug: other.slug } }),
    })),
  ];
}
