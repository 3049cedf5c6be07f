// The last looks at the server: what they brought, what a 304 saved, and how often to look.
import { Button, Group, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { usePreferences } from "@/lib/preferences";
import { formatTime } from "@/lib/times";
import { type Look, useLooks } from "@/lib/traffic";
import { PollChoice } from "@/ui/poll-choice";

export function LookInspector() {
  const looks = useLooks();
  const cache = useQueryClient();
  const unchanged = looks.filter((look) => look.outcome === "not modified");
  const saved = unchanged.reduce((sum, look) => sum + look.savedBytes, 0);
  return (
    <Stack gap="sm">
      <PollChoice />
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm">
          {unchanged.length} of the last {looks.length} looks found nothing new; {formatBytes(saved)} not sent.
        </Text>
        <Button size="xs" variant="default" flex="none" onClick={() => void cache.invalidateQueries()}>
          Look now
        </Button>
      </Group>
      <ScrollArea.Autosize
        mah={260}
        type="auto"
        offsetScrollbars="y"
        viewportProps={{ tabIndex: 0, "aria-label": "The last looks" }}
      >
        <LookTable looks={looks} />
      </ScrollArea.Autosize>
    </Stack>
  );
}

function LookTable({ looks }: { looks: readonly Look[] }) {
  const { timeZone } = usePreferences();
  return (
    <Table fz="xs" verticalSpacing={2} horizontalSpacing={6} style={{ whiteSpace: "nowrap" }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th ta="right">Size</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {looks.map((look) => (
          <Table.Tr key={look.id}>
            <Table.Td>{formatTime(look.at, timeZone)}</Table.Td>
            <Table.Td>{look.operation}</Table.Td>
            <Table.Td>
              {look.outcome}, {Math.round(look.tookMs)} ms
            </Table.Td>
            <Table.Td ta="right">{look.outcome === "new" ? formatBytes(look.bytes) : "–"}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
