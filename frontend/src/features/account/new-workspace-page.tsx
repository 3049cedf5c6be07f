// A workspace of one's own: a name is all it takes.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { CreateWorkspaceDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { reloadMe } from "@/lib/session";
import { useTitle } from "@/lib/title";
import { useSubmit } from "@/lib/use-submit";
import { Page, Section } from "@/ui/page";
import { Problem } from "@/ui/problem";

export function NewWorkspacePage() {
  useTitle("New workspace");
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: "", slug: "" },
    validate: { name: isNotEmpty("A name") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async ({ name, slug }) => {
    const made = await client.mutate(CreateWorkspaceDocument, { name, slug: slug.trim() || null });
    await reloadMe();
    await navigate({ to: "/w/$slug", params: { slug: made.createWorkspace.slug } });
  });
  return (
    <Page title="New workspace" lead="A place for tasks, with members of its own. You become its first admin.">
      <Section title="What it is called">
        <form onSubmit={onSubmit} noValidate>
          <Stack gap="sm">
            <Problem message={problem} />
            <TextInput label="Name" placeholder="Night imports" data-autofocus {...form.getInputProps("name")} />
            <TextInput
              label="Short name, for its address"
              description="Lower-case letters, digits and hyphens. Made from the name when left empty."
              placeholder="night-imports"
              {...form.getInputProps("slug")}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={busy}>
                Create it
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
    </Page>
  );
}
