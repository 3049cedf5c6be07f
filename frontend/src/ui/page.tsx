// The body of a page that is read rather than watched: a heading, what one can do, and sections below.
import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./page.module.css";

interface PageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, actions, children }: PageProps) {
  return (
    <main className={classes.page}>
      <Stack gap="xl">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            {lead && <Text c="dimmed">{lead}</Text>}
          </div>
          {actions}
        </Group>
        {children}
      </Stack>
    </main>
  );
}

export function Section({ title, lead, actions, children }: PageProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" align="flex-end" mb="xs" gap="sm">
        <div>
          <Title order={2} size="h5" id={id}>
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      <div className={classes.panel}>{children}</div>
    </section>
  );
}
