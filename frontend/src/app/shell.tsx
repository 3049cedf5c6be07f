// The frame: navigation, the sign that says how fresh the page is, search, new task, and the person's menu.
import { Burger, Button, Drawer, Kbd } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { openOverlay } from "@/lib/overlays";
import { atLeast, type CurrentWorkspace } from "@/lib/workspace";
import { Logo } from "@/ui/logo";
import { LookSign } from "./look-sign";
import { NavLinks } from "./nav-links";
import { PersonMenu } from "./person-menu";
import { PlaceMenu } from "./place-menu";
import classes from "./shell.module.css";

interface Props {
  workspace?: CurrentWorkspace;
  /** Where the links lead on a page that belongs to no workspace. */
  back?: { slug: string; name: string } | undefined;
  children: ReactNode;
}

export function Shell({ workspace, back, children }: Props) {
  const [drawer, { open, close }] = useDisclosure(false);
  const linked = workspace ?? back;
  return (
    <>
      <a className={classes.skip} href="#content">
        Skip to the content
      </a>
      <header className={classes.header}>
        {linked && <Burger hiddenFrom="md" size="sm" opened={drawer} onClick={open} aria-label="Open the navigation" />}
        <Link to="/" className={classes.logo} aria-label="Fermata, to the board">
          <Logo compact />
        </Link>
        {workspace && <PlaceMenu slug={workspace.slug} name={workspace.name} />}
        {linked && (
          <nav className={`${classes.nav} mantine-visible-from-md`} aria-label="Pages">
            <NavLinks slug={linked.slug} />
          </nav>
        )}
        <span className={classes.spacer} />
        {workspace && <LookSign />}
        {workspace && <Actions workspace={workspace} />}
        <PersonMenu current={workspace} />
      </header>
      {linked && (
        <Drawer opened={drawer} onClose={close} title={linked.name} size="xs">
          <nav className={classes.drawerNav} aria-label="Pages">
            <NavLinks slug={linked.slug} onFollow={close} />
          </nav>
        </Drawer>
      )}
      <div id="content" tabIndex={-1} style={{ outline: "none" }}>
        {children}
      </div>
    </>
  );
}

function Actions({ workspace }: { workspace: CurrentWorkspace }) {
  return (
    <>
      <button
        type="button"
        className={`${classes.find} mantine-visible-from-lg`}
        onClick={() => openOverlay({ kind: "palette" })}
      >
        Search or do anything <Kbd size="xs">{commandKey()} K</Kbd>
      </button>
      {atLeast(workspace.viewerRole, "EDITOR") && (
        <Button h={34} px={13} flex="none" onClick={() => openOverlay({ kind: "newTask", draft: {} })}>
          New task
        </Button>
      )}
    </>
  );
}

function commandKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
}
