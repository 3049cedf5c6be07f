// Asking for a reset link. The answer is the same whether or not there is an account, so that nobody can find out.
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, useForm } from "@mantine/form";
import { useState } from "react";
import { RequestPasswordResetDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { useSubmit } from "@/lib/use-submit";
import { Problem } from "@/ui/problem";

export function RequestResetForm() {
  const [sent, setSent] = useState(false);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "" },
    validate: { email: isEmail("The e-mail address of your account") },
  });
  const { busy, problem, onSubmit } = useSubmit(form, async (values) => {
    await client.anonymous(RequestPasswordResetDocument, values);
    setSent(true);
  });
  if (sent) {
    return (
      <Text role="status">
        If there is an account for that address, a link is on its way. It works once, within an hour.
      </Text>
    );
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          We send a link to your address, if there is an account for it.
        </Text>
        <Problem message={problem} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <Button type="submit" loading={busy}>
          Send me a link
        </Button>
      </Stack>
    </form>
  );
}
