// An account of one's own, where the server lets anyone make one.
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { SignInOptionsDocument } from "@/generated/graphql";
import { useSession } from "@/lib/session";
import { useRead } from "@/lib/use-graphql";
import { Onward } from "./onward";
import { SessionFrame } from "./session-frame";
import { SignUpForm } from "./sign-up-form";

export function SignUpPage() {
  const session = useSession();
  const { data } = useRead(SignInOptionsDocument, {});
  if (session.status === "signedIn") return <Onward to="/" />;
  const open = data?.signInOptions.signUp !== "INVITE" && data?.signInOptions.signUp !== "CLOSED";
  return (
    <SessionFrame
      title="Sign up"
      lead={
        open ? "You get an account, and a workspace of your own." : "This server takes new people by invitation only."
      }
    >
      {open && <SignUpForm button="Sign up" />}
      <Text size="sm" c="dimmed">
        You have an account? <Link to="/sign-in">Sign in</Link>
      </Text>
    </SessionFrame>
  );
}
