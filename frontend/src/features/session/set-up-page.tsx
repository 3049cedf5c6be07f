// The first account, by the link that the server printed when it started.
import { Text } from "@mantine/core";
import { Link, Navigate } from "@tanstack/react-router";
import { useSession } from "@/lib/session";
import { SessionFrame } from "./session-frame";
import { SignUpForm } from "./sign-up-form";
import { useUrlToken } from "./use-url-token";

export function SetUpPage() {
  const session = useSession();
  const { token, forget } = useUrlToken("set-up");
  if (session.status === "signedIn") return <Navigate to="/" replace />;
  return (
    <SessionFrame
      title="Set up Fermata"
      lead="The first account is the administrator of this server. Everyone else can be invited from inside."
    >
      {token ? (
        <SignUpForm button="Make the first account" setupToken={token} onDone={forget} />
      ) : (
        <Text role="alert">
          This link lacks its token. Copy the whole link that the server printed when it started, to the last character.
        </Text>
      )}
      <Text size="sm" c="dimmed">
        Already set up? <Link to="/sign-in">Sign in</Link>
      </Text>
    </SessionFrame>
  );
}
