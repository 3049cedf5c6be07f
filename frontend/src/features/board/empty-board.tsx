// No tasks at all: what a task is, and two ways to have one.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { CreateSamplesDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { openOverlay } from "@/lib/overlays";
import { useFeed } from "@/lib/tasks/live";
import { useTitle } from "@/lib/title";
import { aRole, atLeast, useWorkspace } from "@/lib/workspace";
import { Notice } from "@/ui/notice";
import { toastError } from "@/ui/toast";
import { samples } from "./samples";

export function EmptyBoard() {
  const { name, viewerRole } = useWorkspace();
  useTitle("Board", name);
  const mayCreate = atLeast(viewerRole, "EDITOR");
  return (
    <Notice title="No tasks yet" order={2} action={mayCreate && <Ways />}>
      {mayCreate
        ? "A task is something that runs: a timer, a call, a command. Create one, or try three samples."
        : `Tasks appear here when someone creates them. You are ${aRole(viewerRole)}; creating needs EDITOR.`}
    </Notice>
  );
}

function Ways() {
  const feed = useFeed();
  const { id: workspaceId } = useWorkspace();
  const [busy, setBusy] = useState(false);
  async function trySamples(): Promise<void> {
    setBusy(true);
    try {
      const { createTasks } = await client.mutate(CreateSamplesDocument, { workspaceId, inputs: samples });
      feed.apply({ tasks: createTasks, deletedIds: [] });
      feed.lookSoon();
    } catch (error) {
      toastError(error);
      setBusy(false);
    }
  }
  return (
    <Group justify="center" gap="xs">
      <Button onClick={() => openOverlay({ kind: "newTask", draft: {} })}>New task</Button>
      <Button variant="default" loading={busy} onClick={() => void trySamples()}>
        Try three samples
      </Button>
    </Group>
  );
}
