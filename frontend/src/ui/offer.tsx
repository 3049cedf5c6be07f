// A word at the corner of the page with one thing to do about it: Undo, Open.
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";

interface Offer {
  message: string;
  label: string;
  act: () => void;
}

export function offer({ message, label, act }: Offer): void {
  const id = notifications.show({
    autoClose: 8000,
    closeButtonProps: { "aria-label": "Close this message" },
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            act();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}

/** Something that was refused, and what happened meanwhile; read aloud. */
export function report(title: string, message: string): void {
  notifications.show({
    title,
    message,
    color: "red",
    role: "alert",
    autoClose: 12_000,
    closeButtonProps: { "aria-label": "Close this message" },
  });
}
