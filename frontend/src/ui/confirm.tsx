// Asking before what cannot be undone.
import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { toastError } from "./toast";

interface Question {
  title: string;
  body: string;
  /** What the button says: the deed, not "OK". */
  deed: string;
  act: () => Promise<unknown>;
}

export function confirm({ title, body, deed, act }: Question): void {
  modals.openConfirmModal({
    title,
    centered: true,
    children: <Text size="sm">{body}</Text>,
    labels: { confirm: deed, cancel: "Keep as it is" },
    confirmProps: { color: "red" },
    onConfirm: () => void act().catch(toastError),
  });
}
