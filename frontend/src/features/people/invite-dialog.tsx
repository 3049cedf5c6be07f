// Making an invitation: a role, perhaps an address; then the link, shown once, to copy.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { InviteMemberDocument, type InviteMemberMutation, type Role } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { useSubmit } from "@/lib/use-submit";
import { useWorkspace } from "@/lib/workspace";
import { CopyField } from "@/ui/copy-field";
import { Moment } from "@/ui/moment";
import { Problem } from "@/ui/problem";
import { RoleSelect } from "@/ui/role-select";
import { roleLabel, roles } from "@/ui/roles";

type Made = InviteMemberMutation["inviteMember"];

export function InviteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  const leave = () => {
    close();
    setMade(null);
  };
  return (
    <Modal opened={opened} onClose={leave} title={made ? "The invitation is made" : "Invite somebody"} centered>
      {made ? <Link made={made} leave={leave} /> : <InviteForm onMade={setMade} />}
    </Modal>
  );
}

function InviteForm({ onMade }: { onMade: (made: Made) => void }) {
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const form = useForm<{ email: string; role: Role }>({ initialValues: { email: "", role: "EDITOR" } });
  const { busy, problem, onSubmit } = useSubmit(form, async ({ email, role }) => {
    const variables = { workspaceId: workspace.id, role, email: email.trim() || null };
    onMade((await client.mutate(InviteMemberDocument, variables)).inviteMember);
    await cache.invalidateQueries();
  });
  const may = roles.find(({ value }) => value === form.values.role)?.may;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <RoleSelect
          label="Role"
          description={`May ${may}.`}
          value={form.values.role}
          onChange={(role) => form.setFieldValue("role", role)}
        />
        <TextInput
          label="E-mail, if only one person may use the link"
          type="email"
          data-autofocus
          placeholder="anyone who has the link"
          {...form.getInputProps("email")}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Link({ made, leave }: { made: Made; leave: () => void }) {
  return (
    <Stack gap="sm">
      <CopyField label="Link to send" value={made.url} description="It is shown only now." />
      <Text size="sm" c="dimmed">
        Whoever opens it first joins as {roleLabel(made.invitation.role).toLowerCase()}. It expires{" "}
        <Moment at={made.invitation.expiresAt} />.
      </Text>
      <Group justify="flex-end">
        <Button onClick={leave}>Done</Button>
      </Group>
    </Stack>
  );
}
