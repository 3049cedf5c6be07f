// Something broke while drawing: what happened in words, and two ways out.
import { Button, Code, Group } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTitle } from "@/lib/title";
import { Notice } from "@/ui/notice";

export function CrashPage({ error, reset }: ErrorComponentProps) {
  useTitle("Something broke");
  const actions = (
    <Group justify="center">
      <Button onClick={reset}>Try again</Button>
      <Button variant="default" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </Group>
  );
  return (
    <Notice title="This page broke" action={actions} alert>
      The fault is ours, not yours; your tasks are not affected, they live on the server. For a report:{" "}
      <Code>{error instanceof Error ? error.message : String(error)}</Code>
    </Notice>
  );
}
