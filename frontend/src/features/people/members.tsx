// The members; an admin changes their roles and removes them.
import { Button } from "@mantine/core";
import { type PeopleQuery, RemoveMemberDocument, SetMemberRoleDocument } from "@/generated/graphql";
import { useMe } from "@/lib/session";
import { useWorkspace } from "@/lib/workspace";
import { confirm } from "@/ui/confirm";
import { Moment } from "@/ui/moment";
import { Section } from "@/ui/page";
import { ResetLink } from "@/ui/reset-link";
import { RoleSelect } from "@/ui/role-select";
import { roleLabel } from "@/ui/roles";
import { Row, Rows } from "@/ui/rows";
import { useDeed } from "@/ui/use-deed";
import classes from "./people.module.css";

type Member = NonNullable<PeopleQuery["workspace"]>["members"][number];

export function Members({ members, admin }: { members: Member[]; admin: boolean }) {
  const me = useMe();
  return (
    <Section title={members.length === 1 ? "One member" : `${members.length} members`}>
      <Rows label="Members">
        {members.map((member) => (
          <Row
            key={member.user.id}
            title={`${member.user.displayName}${member.user.id === me.id ? " (you)" : ""}`}
            meta={
              <>
                {member.user.email && `${member.user.email} · `}member since <Moment at={member.since} />
              </>
            }
            actions={
              <>
                {me.isInstanceAdmin && member.user.id !== me.id && <ResetLink user={member.user} />}
                {admin ? <MemberRole member={member} /> : roleLabel(member.role)}
                <span className={classes.way}>
                  {member.user.id === me.id ? <Leave userId={me.id} /> : admin && <Remove user={member.user} />}
                </span>
              </>
            }
          />
        ))}
      </Rows>
    </Section>
  );
}

function MemberRole({ member: { user, role } }: { member: Member }) {
  const workspace = useWorkspace();
  const setRole = useDeed(SetMemberRoleDocument, `The role of ${user.displayName} is changed.`);
  return (
    <RoleSelect
      aria-label={`Role of ${user.displayName}`}
      size="xs"
      w={104}
      value={role}
      onChange={(next) => void setRole({ workspaceId: workspace.id, userId: user.id, role: next })}
    />
  );
}

function Remove({ user }: { user: Member["user"] }) {
  const workspace = useWorkspace();
  const remove = useDeed(RemoveMemberDocument, `${user.displayName} is no longer a member.`);
  const ask = () =>
    confirm({
      title: `Remove ${user.displayName}?`,
      body: `They lose access to ${workspace.name} at once, on every device and with every token of theirs. Their tasks and history stay.`,
      deed: "Remove",
      act: () => remove({ workspaceId: workspace.id, userId: user.id }),
    });
  return (
    <Button size="compact-sm" variant="subtle" color="red" onClick={ask} aria-label={`Remove ${user.displayName}`}>
      Remove
    </Button>
  );
}

/** One's own way out. The page begins anew afterwards, as it was about a workspace that one does not see any more. */
function Leave({ userId }: { userId: string }) {
  const workspace = useWorkspace();
  const leave = useDeed(RemoveMemberDocument, `You have left ${workspace.name}.`);
  const ask = () =>
    confirm({
      title: `Leave ${workspace.name}?`,
      body: "You lose access at once, with every token of yours. Your tasks and your history stay; an admin can invite you again.",
      deed: "Leave",
      act: async () => {
        if (await leave({ workspaceId: workspace.id, userId })) window.location.assign("/");
      },
    });
  return (
    <Button size="compact-sm" variant="subtle" color="red" onClick={ask}>
      Leave
    </Button>
  );
}
