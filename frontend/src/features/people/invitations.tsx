// Invitations that nobody has accepted yet, and making one.
import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type PeopleQuery, RevokeInvitationDocument } from "@/generated/graphql";
import { Moment } from "@/ui/moment";
import { Section } from "@/ui/page";
import { roleLabel } from "@/ui/roles";
import { Row, Rows } from "@/ui/rows";
import { useDeed } from "@/ui/use-deed";
import { InviteDialog } from "./invite-dialog";

type Invitation = NonNullable<NonNullable<PeopleQuery["workspace"]>["invitations"]>[number];

export function Invitations({ invitations }: { invitations: Invitation[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useDeed(RevokeInvitationDocument, "The invitation is withdrawn; its link no longer works.");
  return (
    <Section title="Invitations" actions={<Button onClick={open}>Invite</Button>}>
      {invitations.length === 0 ? (
        <Text c="dimmed">
          No open invitations. An invitation is a link: send it by whatever way you talk to one another.
        </Text>
      ) : (
        <Rows label="Open invitations">
          {invitations.map(({ id, email, role, expiresAt, invitedBy }) => (
            <Row
              key={id}
              title={email ?? "Anyone who has the link"}
              meta={
                <>
                  As {roleLabel(role).toLowerCase()}
                  {invitedBy && `, by ${invitedBy.displayName}`} · expires <Moment at={expiresAt} />
                </>
              }
              actions={
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => void revoke({ id })}
                  aria-label={`Withdraw the invitation of ${email ?? "anyone"}`}
                >
                  Withdraw
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      <InviteDialog opened={opened} close={close} />
    </Section>
  );
}
