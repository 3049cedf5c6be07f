// Everything one can do with a task, beside its three dots: what is not allowed is there too, with the reason. One for the whole page.
import { Kbd, Menu, Text } from "@mantine/core";
import type { Ref } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { useAway } from "@/lib/connection";
import { useMe } from "@/lib/session";
import { useAct } from "@/lib/tasks/act";
import { actions, refusal } from "@/lib/tasks/actions";
import { closeMenu, useOpenMenu } from "@/lib/tasks/menu";
import { deleteRefusal } from "@/lib/tasks/rights";
import { aRole, atLeast, useWorkspace } from "@/lib/workspace";
import { Icon, type IconName } from "@/ui/icon";
import { over } from "@/ui/over";
import classes from "./tasks.module.css";

export function TaskMenu() {
  const open = useOpenMenu();
  const place = open?.button.getBoundingClientRect();
  return (
    <Menu
      opened={open !== null}
      onClose={closeMenu}
      position="bottom-end"
      width={250}
      shadow="md"
      portalProps={over}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Anchor place={place} />
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown} aria-label={open ? `More for ${open.task.title}` : undefined}>
        {open && <Items task={open.task} button={open.button} />}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where the button is. It is none itself, and takes nothing of what Mantine would say of one. */
function Anchor({ place, ref }: { place: DOMRect | undefined; ref?: Ref<HTMLSpanElement> }) {
  const { left, top, width, height } = place ?? {};
  return <span ref={ref} className={classes.anchor} style={{ left, top, width, height }} />;
}

function Items({ task, button }: { task: TaskRowFragment; button: HTMLElement }) {
  const act = useAct();
  const me = useMe();
  const { viewerRole } = useWorkspace();
  const mayCreate = atLeast(viewerRole, "EDITOR")
    ? null
    : `You are ${aRole(viewerRole)} here; creating tasks needs EDITOR.`;
  // A dialog that opens now gives the keyboard back to the dots: the entry is gone by then.
  const from = (deed: () => void) => () => {
    button.focus();
    deed();
  };
  return (
    <>
      {actions.map(({ id, label, icon, key }) => (
        <Item
          key={id}
          label={label}
          icon={icon}
          hotkey={key}
          reason={refusal(task, id)}
          run={from(() => act.transition(task, id))}
        />
      ))}
      {refusal(task, "PAUSE") === null && (
        <Item label="Pause until…" icon="clock" reason={null} run={from(() => act.pauseUntil(task))} />
      )}
      <Menu.Divider />
      <Item label="Copy the link" icon="link" reason={null} run={from(() => act.copyLink(task))} />
      <Item label="Duplicate…" icon="copy" reason={mayCreate} run={from(() => act.duplicate(task))} />
      <Item
        label="Delete…"
        icon="trash"
        reason={deleteRefusal(task, viewerRole, me.id)}
        run={from(() => act.remove(task))}
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
