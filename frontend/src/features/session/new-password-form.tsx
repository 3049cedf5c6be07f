// The new password, by the token of the link; whoever sets it is signed in.
import { Button, Stack } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { ResetPasswordDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { begin } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { PasswordField } from "@/ui/password-field";
import { Problem } from "@/ui/problem";

export function NewPasswordForm({ token, forget }: { token: string; forget: () => void }) {
  const navigate = useNavigate();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { newPassword: "" },
    validate: { newPassword: isNotEmpty("A new password") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async ({ newPassword }) => {
    const { resetPassword } = await client.anonymous(ResetPasswordDocument, { token, newPassword });
    forget();
    begin(resetPassword);
    await navigate({ to: "/", replace: true });
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          key={form.key("newPassword")}
          {...form.getInputProps("newPassword")}
        />
        <Button type="submit" loading={busy}>
          Set the password and sign in
        </Button>
      </Stack>
    </form>
  );
}
