// The person's menu: other workspaces, a new one, the account, signing out.
import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { signOut, useMe } from "@/lib/session";
import type { CurrentWorkspace } from "@/lib/workspace";
import { toastError } from "@/ui/toast";
import { WorkspaceItems } from "./workspace-items";

export function PersonMenu({ current }: { current?: CurrentWorkspace | undefined }) {
  const me = useMe();
  return (
    <Menu position="bottom-end" width={250} shadow="md" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: "50%" }}>
          <Avatar size={30} radius="xl" color="accent" name={me.displayName} />
          <VisuallyHidden>: menu of {me.displayName}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)" truncate>
            {me.displayName}
          </Text>
          <Text size="xs" truncate>
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <WorkspaceItems current={current?.slug} />
        <Menu.Divider />
        <Menu.Item renderRoot={(props) => <Link to="/account" {...props} />}>Account</Menu.Item>
        <Menu.Item onClick={() => void signOut(false).catch(toastError)}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
