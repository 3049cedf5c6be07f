// Who is in this workspace, who is invited, and what each role may do.
import { PeopleDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { useTitle } from "@/lib/title";
import { useRead } from "@/lib/use-graphql";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { Invitations } from "./invitations";
import { Members } from "./members";
import { RoleTable } from "./role-table";
import { WorkspaceSettings } from "./workspace-settings";

export function PeoplePage() {
  const workspace = useWorkspace();
  const admin = atLeast(workspace.viewerRole, "ADMIN");
  const { data, error, refetch } = useRead(PeopleDocument, { slug: workspace.slug, admin });
  useTitle("People", workspace.name);
  const found = data?.workspace;
  if (error && !found) return <Failure message={messageOf(error)} again={() => void refetch()} />;
  return (
    <Page title="People" lead={`Who works in ${workspace.name}, and what they may do.`}>
      {found ? <Members members={found.members} admin={admin} /> : <Loading label="Loading the members" />}
      {found?.invitations && <Invitations invitations={found.invitations} />}
      <Section title="What each role may do" lead="A role may do all that the ones above it in this list may.">
        <RoleTable mine={workspace.viewerRole} />
      </Section>
      {admin && <WorkspaceSettings />}
    </Page>
  );
}
