// Which workspace this is, at the head of every page, and the way to the others.
import { Menu } from "@mantine/core";
import { Icon } from "@/ui/icon";
import classes from "./shell.module.css";
import { WorkspaceItems } from "./workspace-items";

export function PlaceMenu({ slug, name }: { slug: string; name: string }) {
  return (
    <Menu position="bottom-start" width={250} shadow="md" withinPortal={false}>
      <Menu.Target>
        <button type="button" className={classes.place} aria-label={`Workspace: ${name}`} title={name}>
          <span>{name}</span>
          <Icon name="down" size={10} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <WorkspaceItems current={slug} />
      </Menu.Dropdown>
    </Menu>
  );
}
