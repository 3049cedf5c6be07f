// A forgotten password: have a link sent, or ask an admin for one; or, coming from that link, choose a new one.
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { SignInOptionsDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { useRead } from "@/lib/use-graphql";
import { Loading } from "@/ui/loading";
import { Problem } from "@/ui/problem";
import { NewPasswordForm } from "./new-password-form";
import { RequestResetForm } from "./request-reset-form";
import { SessionFrame } from "./session-frame";
import { useUrlToken } from "./use-url-token";

export function ResetPasswordPage() {
  const { token, forget } = useUrlToken("reset");
  return (
    <SessionFrame
      title={token ? "Choose a new password" : "Reset the password"}
      lead={token ? "All other sessions of yours end." : undefined}
    >
      {token ? <NewPasswordForm token={token} forget={forget} /> : <NoLinkYet />}
      <Text size="sm" c="dimmed">
        You remember it? <Link to="/sign-in">Sign in</Link>
      </Text>
    </SessionFrame>
  );
}

function NoLinkYet() {
  const { data, error } = useRead(SignInOptionsDocument, {});
  if (error && !data) return <Problem message={messageOf(error)} />;
  if (!data) return <Loading label="Loading" />;
  if (data.signInOptions.sendsMail) return <RequestResetForm />;
  return (
    <Text>
      This server sends no e-mail. Ask its administrator for a link to choose a new password; they make one under
      Account or People, and it works once, within a day.
    </Text>
  );
}
