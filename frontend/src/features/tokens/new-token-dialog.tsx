// Making a token: a name, a role, how long it holds; then its secret, shown once.
import { Button, Code, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CreateApiTokenDocument, type Role } from "@/generated/graphql";
import { serverNow } from "@/lib/clock";
import { client } from "@/lib/graphql";
import { useSubmit } from "@/lib/use-submit";
import { useWorkspace } from "@/lib/workspace";
import { CopyField } from "@/ui/copy-field";
import { Problem } from "@/ui/problem";
import { RoleSelect } from "@/ui/role-select";
import { roles } from "@/ui/roles";

const lives = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
  { value: "", label: "until it is revoked" },
];
const dayMs = 86_400_000;

export function NewTokenDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const leave = () => {
    close();
    setSecret(null);
  };
  return (
    <Modal opened={opened} onClose={leave} title={secret ? "Copy the token now" : "New token"} centered size="lg">
      {secret ? <Secret secret={secret} leave={leave} /> : <TokenForm onMade={setSecret} />}
    </Modal>
  );
}

function TokenForm({ onMade }: { onMade: (secret: string) => void }) {
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const form = useForm<{ name: string; role: Role; days: string }>({
    initialValues: { name: "", role: workspace.viewerRole === "VIEWER" ? "VIEWER" : "OPERATOR", days: "90" },
    validate: { name: isNotEmpty("What is it for?") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async ({ name, role, days }) => {
    const expiresAt = days === "" ? null : new Date(serverNow() + Number(days) * dayMs).toISOString();
    const made = await client.mutate(CreateApiTokenDocument, { workspaceId: workspace.id, name, role, expiresAt });
    onMade(made.createApiToken.secret);
    await cache.invalidateQueries();
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <TextInput label="What it is for" placeholder="nightly import" data-autofocus {...form.getInputProps("name")} />
        <RoleSelect
          label="Role"
          description={`May ${roles.find(({ value }) => value === form.values.role)?.may}.`}
          highest={workspace.viewerRole}
          value={form.values.role}
          onChange={(role) => form.setFieldValue("role", role)}
        />
        <NativeSelect label="Holds for" data={lives} {...form.getInputProps("days")} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Secret({ secret, leave }: { secret: string; leave: () => void }) {
  return (
    <Stack gap="sm">
      <CopyField
        label="Token"
        value={secret}
        description="It is shown only now; the server keeps no copy that can be read."
      />
      <Text size="sm">Try it:</Text>
      <Code block tabIndex={0}>{`curl ${window.location.origin}/graphql \\
  -H 'Authorization: Bearer ${secret}' \\
  -H 'Content-Type: application/json' \\
  -d '{"query":"{ viewer { displayName } }"}'`}</Code>
      <Group justify="flex-end">
        <Button onClick={leave}>I have it</Button>
      </Group>
    </Stack>
  );
}
