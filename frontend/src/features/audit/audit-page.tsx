// Who did what, when, why, and by which token; as far back as one cares to load.
import { Button, Center, Group, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { AuditDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { usePreferences } from "@/lib/preferences";
import { useTitle } from "@/lib/title";
import { useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { AuditList } from "./audit-list";
import { download, type Format } from "./export";
import { Filters } from "./filters";
import { asFilter } from "./search";

export function AuditPage() {
  const workspace = useWorkspace();
  useTitle("Audit", workspace.name);
  const { events, query } = useAudit(workspace.slug);
  const save = (format: Format) => download(`${workspace.slug}-audit`, format, events);
  return (
    <Page title="Audit" lead="Written in the same transaction as the change itself; nobody can edit it.">
      <Filters />
      <Section
        title="Events"
        lead={query.data && loadedWords(events.length, query.hasNextPage)}
        actions={events.length > 0 && <Export save={save} />}
      >
        {query.isPending && <Loading label="Loading the events" />}
        {query.error && <Failure order={2} message={messageOf(query.error)} again={() => void query.refetch()} />}
        {query.data && events.length === 0 && <Text c="dimmed">Nothing happened that fits. Try fewer filters.</Text>}
        {events.length > 0 && <AuditList events={events} />}
        {query.hasNextPage && (
          <Center pt="md">
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Load older ones
            </Button>
          </Center>
        )}
      </Section>
    </Page>
  );
}

function Export({ save }: { save: (format: Format) => void }) {
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => save("csv")}>
        Save as CSV
      </Button>
      <Button size="xs" variant="default" onClick={() => save("jsonl")}>
        Save as JSON Lines
      </Button>
    </Group>
  );
}

function loadedWords(count: number, more: boolean): string {
  return more ? `The newest ${count} that fit; exports hold what is loaded.` : `${count} that fit.`;
}

function useAudit(slug: string) {
  const { timeZone } = usePreferences();
  const filter = asFilter(useSearch({ from: "/signed-in/w/$slug/audit" }), timeZone);
  const query = useInfiniteQuery({
    queryKey: ["Audit", slug, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => client.query(AuditDocument, { slug, filter, after: pageParam }, { signal }),
    getNextPageParam: ({ workspace }) => {
      const info = workspace?.events.pageInfo;
      return info?.hasNextPage ? info.endCursor : null;
    },
  });
  const events = query.data?.pages.flatMap((page) => page.workspace?.events.nodes ?? []) ?? [];
  return { events, query };
}
