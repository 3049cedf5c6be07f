// A forgotten password: ask for a link, or, coming from that link, choose a new one.
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { NewPasswordForm } from "./new-password-form";
import { RequestResetForm } from "./request-reset-form";
import { SessionFrame } from "./session-frame";
import { useUrlToken } from "./use-url-token";

export function ResetPasswordPage() {
  const { token, forget } = useUrlToken("reset");
  return (
    <SessionFrame
      title={token ? "Choose a new password" : "Reset the password"}
      lead={
        token ? "All other sessions of yours end." : "We send a link to your address, if there is an account for it."
      }
    >
      {token ? <NewPasswordForm token={token} forget={forget} /> : <RequestResetForm />}
      <Text size="sm" c="dimmed">
        You remember it? <Link to="/sign-in">Sign in</Link>
      </Text>
    </SessionFrame>
  );
}
