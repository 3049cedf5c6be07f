// The workspace itself: its name, and its end.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { DeleteWorkspaceDocument, RenameWorkspaceDocument } from "@/generated/graphql";
import { reloadMe } from "@/lib/session";
import { useWorkspace } from "@/lib/workspace";
import { Section } from "@/ui/page";
import { useDeed } from "@/ui/use-deed";

export function WorkspaceSettings() {
  const workspace = useWorkspace();
  const [name, setName] = useState(workspace.name);
  const [opened, { open, close }] = useDisclosure(false);
  const rename = useDeed(RenameWorkspaceDocument, "The workspace has its new name.");
  return (
    <Section title="Workspace" lead={`Its address is /w/${workspace.slug}; it stays when the name changes.`}>
      <Group align="flex-end">
        <TextInput
          flex="1 1 200px"
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={name.trim() === "" || name === workspace.name}
          onClick={() => void rename({ id: workspace.id, name }).then(reloadMe)}
        >
          Rename
        </Button>
        <Button variant="outline" color="red" onClick={open}>
          Delete the workspace…
        </Button>
      </Group>
      <DeleteDialog opened={opened} close={close} />
    </Section>
  );
}

function DeleteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [slug, setSlug] = useState("");
  const remove = useDeed(DeleteWorkspaceDocument, `${workspace.name} is deleted.`);

  async function confirmed(): Promise<void> {
    if (!(await remove({ id: workspace.id, slug }))) return;
    await reloadMe();
    await navigate({ to: "/", replace: true });
  }

  return (
    <Modal opened={opened} onClose={close} title={`Delete ${workspace.name}?`} centered>
      <Stack gap="sm">
        <Text size="sm">
          All of its tasks, their history and its tokens are deleted for everyone. This cannot be undone. To confirm,
          type <strong>{workspace.slug}</strong>.
        </Text>
        <TextInput
          label="The workspace’s short name"
          data-autofocus
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button color="red" disabled={slug !== workspace.slug} onClick={() => void confirmed()}>
            Delete it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
