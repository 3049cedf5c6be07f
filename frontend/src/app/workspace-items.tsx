// One's workspaces as entries of a menu, with the role in each, and the way to a new one.
import { Menu, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMe } from "@/lib/session";
import { roleLabel } from "@/ui/roles";

export function WorkspaceItems({ current }: { current: string | undefined }) {
  const { workspaces } = useMe();
  return (
    <>
      <Menu.Label>Workspaces</Menu.Label>
      {workspaces.map(({ workspace, role }) => (
        <Menu.Item
          key={workspace.id}
          renderRoot={(props) => <Link to="/w/$slug" params={{ slug: workspace.slug }} {...props} />}
          rightSection={<Text size="xs">{roleLabel(role)}</Text>}
          aria-current={workspace.slug === current ? "true" : undefined}
          fw={workspace.slug === current ? 650 : undefined}
        >
          {workspace.name}
        </Menu.Item>
      ))}
      <Menu.Item renderRoot={(props) => <Link to="/new-workspace" {...props} />}>New workspace…</Menu.Item>
    </>
  );
}
