// The sign: a fermata, and the name beside it.
import { Group, Text } from "@mantine/core";

export function Logo({ compact = false }: { compact?: boolean }) {
  return (
    <Group gap={8} wrap="nowrap" component="span">
      <svg width="26" height="18" viewBox="0 0 26 18" fill="none" aria-hidden="true" color="var(--accent)">
        <path d="M2 15a11 11 0 0 1 22 0" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="13" cy="13.4" r="2.6" fill="currentColor" />
      </svg>
      <Text component="span" fw={650} size="md" visibleFrom={compact ? "xs" : undefined}>
        Fermata
      </Text>
    </Group>
  );
}
