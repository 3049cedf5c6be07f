// The first account, by the link that the server printed when it started.
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useSession } from "@/lib/session";
import { Onward } from "./onward";
import { SessionFrame } from "./session-frame";
import { SignUpForm } from "./sign-up-form";
import { useUrlToken } from "./use-url-token";

export function SetUpPage() {
  const session = useSession();
  const { token, forget } = useUrlToken("set-up");
  if (session.status === "signedIn") return <Onward to="/" />;
  return (
    <SessionFrame
      title="Set up Fermata"
      lead="The first account is the administrator of this server. Everyone else can be invited from inside."
    >
      {token === null && (
        <Text size="sm">
          If the server asks for its set-up token below, open the whole link that it printed when it started, to the
          last character.
        </Text>
      )}
      <SignUpForm button="Make the first account" onDone={forget} {...(token !== null && { setupToken: token })} />
      <Text size="sm" c="dimmed">
        Already set up? <Link to="/sign-in">Sign in</Link>
      </Text>
    </SessionFrame>
  );
}
