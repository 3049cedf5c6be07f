// Everything one can do with a task, behind three dots: what is not allowed is there too, with the reason.
import { ActionIcon, Kbd, Menu, Text } from "@mantine/core";
import type { TaskRowFragment } from "@/generated/graphql";
import { useAway } from "@/lib/connection";
import { useMe } from "@/lib/session";
import { useAct } from "@/lib/tasks/act";
import { actions, refusal } from "@/lib/tasks/actions";
import { deleteRefusal } from "@/lib/tasks/rights";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { Icon, type IconName } from "@/ui/icon";
import { over } from "@/ui/over";
import classes from "./tasks.module.css";

export function TaskMenu({ task, size = 28 }: { task: TaskRowFragment; size?: number }) {
  return (
    <Menu position="bottom-end" width={250} shadow="md" portalProps={over}>
      <Menu.Target>
        <ActionIcon variant="default" className={classes.button} size={size} aria-label={`More for ${task.title}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items task={task} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ task }: { task: TaskRowFragment }) {
  const act = useAct();
  const me = useMe();
  const { viewerRole } = useWorkspace();
  const mayCreate = atLeast(viewerRole, "EDITOR") ? null : `You are a ${viewerRole} here; creating tasks needs EDITOR.`;
  return (
    <>
      {actions.map(({ id, label, icon, key }) => (
        <Item
          key={id}
          label={label}
          icon={icon}
          hotkey={key}
          reason={refusal(task, id)}
          run={() => act.transition(task, id)}
        />
      ))}
      <Item label="Pause until…" icon="clock" reason={refusal(task, "PAUSE")} run={() => act.pauseUntil(task)} />
      <Menu.Divider />
      <Item label="Copy the link" icon="link" reason={null} run={() => act.copyLink(task)} />
      <Item label="Duplicate…" icon="copy" reason={mayCreate} run={() => act.duplicate(task)} />
      <Item
        label="Delete…"
        icon="trash"
        reason={deleteRefusal(task, viewerRole, me.id)}
        run={() => act.remove(task)}
        danger
      />
    </>
  );
}

interface ItemProps {
  label: string;
  icon: IconName;
  hotkey?: string;
  reason: string | null;
  danger?: boolean;
  run: () => void;
}

function Item({ label, icon, hotkey, reason, danger = false, run }: ItemProps) {
  const why = useAway() ? "No connection to the server." : reason;
  return (
    <Menu.Item
      leftSection={<Icon name={icon} />}
      rightSection={hotkey && <Kbd size="xs">{hotkey}</Kbd>}
      color={danger ? "red" : undefined}
      aria-disabled={why !== null}
      data-refused={why !== null || undefined}
      className={classes.item}
      closeMenuOnClick={why === null}
      onClick={() => why === null && run()}
    >
      {label}
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </Menu.Item>
  );
}
