// Where one is signed in, and ending it from here.
import { Badge, Button, Group } from "@mantine/core";
import { RevokeSessionDocument, SessionsDocument, type SessionsQuery } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { signOut } from "@/lib/session";
import { useRead } from "@/lib/use-graphql";
import { confirm } from "@/ui/confirm";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { Moment } from "@/ui/moment";
import { Section } from "@/ui/page";
import { Row, Rows } from "@/ui/rows";
import { useDeed } from "@/ui/use-deed";
import { browserName } from "./browser-name";

type Session = NonNullable<SessionsQuery["viewer"]>["sessions"][number];

export function Sessions() {
  const { data, error, refetch } = useRead(SessionsDocument, {});
  const sessions = data?.viewer?.sessions;
  const everywhere = () =>
    confirm({
      title: "Sign out everywhere?",
      body: "Every session of yours ends, this one too. Tokens for programs go on.",
      deed: "Sign out everywhere",
      act: () => signOut(true),
    });
  return (
    <Section
      title="Sessions"
      lead="Where you are signed in."
      actions={
        <Button variant="default" size="xs" onClick={everywhere}>
          Sign out everywhere
        </Button>
      }
    >
      {error && !sessions && <Failure order={2} message={messageOf(error)} again={() => void refetch()} />}
      {!error && !sessions && <Loading label="Loading the sessions" />}
      {sessions && (
        <Rows label="Sessions">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function SessionRow({ session: { id, userAgent, createdAt, lastUsedAt, current } }: { session: Session }) {
  const revoke = useDeed(RevokeSessionDocument, "That session has ended.");
  const name = browserName(userAgent);
  return (
    <Row
      title={
        <Group gap="xs">
          <span title={userAgent}>{name}</span>
          {current && (
            <Badge size="sm" variant="light">
              this one
            </Badge>
          )}
        </Group>
      }
      meta={
        <>
          since <Moment at={createdAt} />, last used <Moment at={lastUsedAt} />
        </>
      }
      actions={
        !current && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => void revoke({ id })}
            aria-label={`End the session of ${name}`}
          >
            End
          </Button>
        )
      }
    />
  );
}
