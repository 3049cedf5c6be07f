// The new password, by the token of the link; then signed in with it, so that the browser gets its cookie.
import { Button, PasswordInput, Stack } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { ResetPasswordDocument, SignInDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { begin } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { Problem } from "@/ui/problem";

export function NewPasswordForm({ token, forget }: { token: string; forget: () => void }) {
  const navigate = useNavigate();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { newPassword: "" },
    validate: { newPassword: isNotEmpty("A new password") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async ({ newPassword }) => {
    const { user } = (await client.anonymous(ResetPasswordDocument, { token, newPassword })).resetPassword;
    forget();
    const input = { email: user.email, password: newPassword, useCookie: true };
    begin((await client.anonymous(SignInDocument, { input })).signIn);
    await navigate({ to: "/", replace: true });
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <PasswordInput
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
