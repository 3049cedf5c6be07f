// A text to take along: a link, a secret. Where the browser gives no clipboard (plain http), it can be selected.
import { Button, CopyButton, Group, TextInput } from "@mantine/core";

export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        label={label}
        description={description}
        value={value}
        readOnly
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      {window.isSecureContext && (
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-live="polite">
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      )}
    </Group>
  );
}
