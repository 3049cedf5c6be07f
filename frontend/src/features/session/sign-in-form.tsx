// E-mail address and password.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { Link } from "@tanstack/react-router";
import { SignInDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { begin } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { PasswordField } from "@/ui/password-field";
import { Problem } from "@/ui/problem";
import { useFocusOnMount } from "@/ui/use-focus-on-mount";

export function SignInForm() {
  const first = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: { email: isNotEmpty("Your e-mail address"), password: isNotEmpty("Your password") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async (values) => {
    begin((await client.anonymous(SignInDocument, { input: { ...values, useCookie: true } })).signIn);
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <TextInput
          label="E-mail"
          ref={first}
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Group justify="space-between">
          <Link to="/reset-password">Forgot the password?</Link>
          <Button type="submit" loading={busy}>
            Sign in
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
