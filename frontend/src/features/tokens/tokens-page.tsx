// API tokens, for programs: made here, shown once, revoked here.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { TokensDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { useTitle } from "@/lib/title";
import { useRead } from "@/lib/use-graphql";
import { atLeast, useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { NewTokenDialog } from "./new-token-dialog";
import { TokenList } from "./token-list";

export function TokensPage() {
  const workspace = useWorkspace();
  const [opened, { open, close }] = useDisclosure(false);
  const { data, error, refetch } = useRead(TokensDocument, { slug: workspace.slug });
  useTitle("Tokens", workspace.name);
  const tokens = data?.workspace?.apiTokens;
  if (error && !tokens) return <Failure message={messageOf(error)} again={() => void refetch()} />;
  const everyones = atLeast(workspace.viewerRole, "ADMIN");
  return (
    <Page
      title="Tokens"
      lead="A token lets a program work here in your name, with a role of its own. It never may do more than you."
      actions={<Button onClick={open}>New token</Button>}
    >
      <Section title={everyones ? "Everyone’s tokens" : "Your tokens"}>
        {tokens ? <TokenList tokens={tokens} /> : <Loading label="Loading the tokens" />}
      </Section>
      <NewTokenDialog opened={opened} close={close} />
    </Page>
  );
}
