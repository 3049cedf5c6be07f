// The new password, by the token of the link. A reset gives a session to programs, without a cookie: it is ended, and one signs
// in with the new password.
import { Button, Stack } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { ResetPasswordDocument, SignInDocument, SignOutDocument } from "@/generated/graphql";
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
    const { user, ...made } = (await client.anonymous(ResetPasswordDocument, { token, newPassword })).resetPassword;
    forget();
    client.become(made);
    await client.mutate(SignOutDocument, { everywhere: false });
    const input = { email: user.email, password: newPassword, useCookie: true };
    begin((await client.anonymous(SignInDocument, { input })).signIn);
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
