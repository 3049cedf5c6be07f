// Something broke while drawing: what happened in words, and two ways out. What could not be fetched is another matter.
import { Button, Code, Group } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTitle } from "@/lib/title";
import { Notice } from "@/ui/notice";
import { NotLoadedPage } from "./not-loaded-page";
import { NotLoaded } from "./page-parts";

export function CrashPage(props: ErrorComponentProps) {
  return props.error instanceof NotLoaded ? <NotLoadedPage /> : <Crash {...props} />;
}

function Crash({ error, reset }: ErrorComponentProps) {
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
