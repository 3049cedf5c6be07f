// A word at the corner of the page, read aloud: done, or refused with the reason.
import { notifications } from "@mantine/notifications";
import { messageOf } from "@/lib/errors";

const closeButtonProps = { "aria-label": "Close this message" };

export function toast(message: string): void {
  notifications.show({ message, withBorder: true, closeButtonProps });
}

export function toastError(error: unknown): void {
  notifications.show({
    message: messageOf(error),
    color: "red",
    withBorder: true,
    autoClose: 10_000,
    role: "alert",
    closeButtonProps,
  });
}
