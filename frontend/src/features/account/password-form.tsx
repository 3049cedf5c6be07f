// A new password, by the old one.
import { Button, Group, Stack } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { ChangePasswordDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { useMe } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { Section } from "@/ui/page";
import { PasswordField } from "@/ui/password-field";
import { Problem } from "@/ui/problem";
import { toast } from "@/ui/toast";

export function PasswordForm() {
  const cache = useQueryClient();
  const { email } = useMe();
  const form = useForm({
    initialValues: { currentPassword: "", newPassword: "" },
    validate: {
      currentPassword: isNotEmpty("Your password as it is now"),
      newPassword: isNotEmpty("The new password"),
    },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async (values) => {
    await client.mutate(ChangePasswordDocument, values);
    form.reset();
    toast("Your password is changed. All other sessions have ended.");
    await cache.invalidateQueries();
  });
  return (
    <Section title="Password" lead="Changing it ends all other sessions.">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          <Problem message={problem} />
          <input hidden readOnly type="email" autoComplete="username" value={email} />
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <PasswordField
              miw={220}
              label="Password now"
              autoComplete="current-password"
              {...form.getInputProps("currentPassword")}
            />
            <PasswordField
              miw={220}
              label="New password"
              autoComplete="new-password"
              {...form.getInputProps("newPassword")}
            />
          </Group>
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={busy}>
              Change the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
