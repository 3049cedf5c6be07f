// What others call one.
import { Button, Group, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { UpdateProfileDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { reloadMe, useMe } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { Section } from "@/ui/page";
import { Problem } from "@/ui/problem";
import { toast } from "@/ui/toast";

export function ProfileForm() {
  const me = useMe();
  const form = useForm({
    initialValues: { displayName: me.displayName },
    validate: { displayName: isNotEmpty("What others call you") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async (values) => {
    await client.mutate(UpdateProfileDocument, values);
    await reloadMe();
    toast("Your name is changed.");
  });
  return (
    <Section title="Name">
      <form onSubmit={onSubmit} noValidate>
        <Problem message={problem} />
        <Group align="flex-end">
          <TextInput
            flex="1 1 200px"
            label="What others call you"
            autoComplete="name"
            {...form.getInputProps("displayName")}
          />
          <Button type="submit" variant="default" loading={busy} disabled={form.values.displayName === me.displayName}>
            Save
          </Button>
        </Group>
      </form>
    </Section>
  );
}
