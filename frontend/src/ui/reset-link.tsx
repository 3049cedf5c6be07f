// For administrators of the server: a link by which somebody chooses a new password. Shown once, to hand over.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { CreateResetLinkDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { CopyField } from "./copy-field";
import { toastError } from "./toast";

export function ResetLink({ user }: { user: { id: string; displayName: string } }) {
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const make = async () => {
    setBusy(true);
    try {
      setLink((await client.mutate(CreateResetLinkDocument, { userId: user.id })).createResetLink);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const leave = () => setLink(null);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        loading={busy}
        onClick={() => void make()}
        aria-label={`Make a reset link for ${user.displayName}`}
      >
        Make a reset link
      </Button>
      <Modal opened={link !== null} onClose={leave} title={`A new password for ${user.displayName}`} centered>
        <Stack gap="sm">
          <CopyField label="Link to hand over" value={link ?? ""} description="It is shown only now." />
          <Text size="sm" c="dimmed">
            Whoever opens it chooses a new password for {user.displayName} and is signed in; all other sessions of the
            account end then. It works once, within a day. Hand it over in private.
          </Text>
          <Group justify="flex-end">
            <Button onClick={leave}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
