// A page or a panel that has only something to say, and what to do next.
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface NoticeProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** Above the title. */
  mark?: ReactNode;
  /** Read aloud at once: for failures, not for empty lists. */
  alert?: boolean;
  order?: 1 | 2 | 3;
}

export function Notice({ title, children, action, mark, alert = false, order = 1 }: NoticeProps) {
  return (
    <Stack
      component={order === 1 ? "main" : "div"}
      align="center"
      gap="sm"
      py={64}
      px="md"
      ta="center"
      role={alert ? "alert" : undefined}
    >
      {mark}
      <Title order={order} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={460} component="div">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
