// Signing in, and back to where one was going.
import { Divider, Text } from "@mantine/core";
import { Link, useSearch } from "@tanstack/react-router";
import { SignInOptionsDocument, type SignInOptionsQuery } from "@/generated/graphql";
import { useSession } from "@/lib/session";
import { useRead } from "@/lib/use-graphql";
import { Problem } from "@/ui/problem";
import { failureWords } from "./failures";
import { Onward } from "./onward";
import { Providers } from "./providers";
import { safeNext } from "./safe-next";
import { SessionFrame } from "./session-frame";
import { SignInForm } from "./sign-in-form";

export function SignInPage() {
  const session = useSession();
  const { next, failed } = useSearch({ from: "/sign-in" });
  const { data } = useRead(SignInOptionsDocument, {});
  if (session.status === "signedIn") return <Onward to={safeNext(next)} />;
  if (data?.signInOptions.setUp) return <Onward to="/set-up" />;
  const ended = session.status === "signedOut" && session.ended;
  return (
    <SessionFrame title="Sign in" lead={ended ? "Your session has ended. Sign in to go on where you were." : undefined}>
      <Problem message={failureWords(failed)} />
      <SignInForm />
      {data && <OtherWays options={data.signInOptions} next={safeNext(next)} />}
    </SessionFrame>
  );
}

function OtherWays({ options, next }: { options: SignInOptionsQuery["signInOptions"]; next: string }) {
  return (
    <>
      {options.providers.length > 0 && <Divider label="or" />}
      <Providers providers={options.providers} next={next} />
      <Text size="sm" c="dimmed">
        <SignUpHint policy={options.signUp} />
      </Text>
    </>
  );
}

function SignUpHint({ policy }: { policy: SignInOptionsQuery["signInOptions"]["signUp"] }) {
  switch (policy) {
    case "OPEN":
      return (
        <>
          No account yet? <Link to="/sign-up">Sign up</Link>
        </>
      );
    case "INVITE":
      return "No account yet? Ask somebody who has one to invite you.";
    case "CLOSED":
      return "Accounts are made by the administrator of this server.";
  }
}
