// Accepting an invitation: with the account one has, or with a new one.
import { Button, Divider, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AcceptInvitationDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { reloadMe, useMe, useSession } from "@/lib/session";
import { Problem } from "@/ui/problem";
import { SessionFrame } from "./session-frame";
import { SignUpForm } from "./sign-up-form";
import { useUrlToken } from "./use-url-token";

export function InvitationPage() {
  const session = useSession();
  const navigate = useNavigate();
  const { token, forget } = useUrlToken("invitation");
  if (token === null) {
    return (
      <SessionFrame title="Invitation">
        <Text role="alert">
          This link lacks its token. Copy the whole link that you were sent, to the last character.
        </Text>
        <Text size="sm" c="dimmed">
          You have an account? <Link to="/">Go to your board</Link>
        </Text>
      </SessionFrame>
    );
  }
  if (session.status === "signedIn") return <Join token={token} forget={forget} />;
  const done = () => {
    forget();
    void navigate({ to: "/", replace: true });
  };
  return (
    <SessionFrame title="You are invited" lead="Make an account to join, or sign in with the one you have.">
      <SignUpForm button="Sign up and join" invitation={token} onDone={done} />
      <Divider label="or" />
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/sign-in" search={{ next: "/invitation" }} {...props} />}
      >
        Sign in with an account I have
      </Button>
    </SessionFrame>
  );
}

function Join({ token, forget }: { token: string; forget: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function join(): Promise<void> {
    setBusy(true);
    try {
      const { workspace } = (await client.mutate(AcceptInvitationDocument, { token })).acceptInvitation;
      forget();
      await reloadMe();
      await navigate({ to: "/w/$slug", params: { slug: workspace.slug }, replace: true });
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  }

  return (
    <SessionFrame title="You are invited" lead={`You are signed in as ${me.displayName} (${me.email}).`}>
      <Problem message={problem} />
      <Button onClick={() => void join()} loading={busy}>
        Join the workspace
      </Button>
      <Text size="sm" c="dimmed">
        Not now? <Link to="/">Go to my board</Link>
      </Text>
    </SessionFrame>
  );
}
