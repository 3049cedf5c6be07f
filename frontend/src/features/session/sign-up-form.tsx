// A name, an e-mail address, a password: for signing up, for the first account, and for an invitation.
import { Button, Stack, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { SignUpDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { begin } from "@/lib/session";
import { useSubmit } from "@/lib/use-submit";
import { PasswordField } from "@/ui/password-field";
import { Problem } from "@/ui/problem";
import { useFocusOnMount } from "@/ui/use-focus-on-mount";

interface SignUpFormProps {
  button: string;
  invitation?: string;
  setupToken?: string;
  onDone?: () => void;
}

export function SignUpForm({ button, onDone, ...tokens }: SignUpFormProps) {
  const first = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { displayName: "", email: "", password: "" },
    validate: {
      displayName: isNotEmpty("What others call you"),
      email: isEmail("An e-mail address, such as ada@example.org"),
      password: isNotEmpty("A password"),
    },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async (values) => {
    begin((await client.anonymous(SignUpDocument, { input: { ...values, ...tokens, useCookie: true } })).signUp);
    onDone?.();
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Problem message={problem} />
        <TextInput
          label="Name"
          ref={first}
          autoComplete="name"
          key={form.key("displayName")}
          {...form.getInputProps("displayName")}
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordField
          label="Password"
          description="Long is good: a few words that have nothing to do with one another."
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={busy}>
          {button}
        </Button>
      </Stack>
    </form>
  );
}
