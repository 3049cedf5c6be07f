// What went wrong, above the form that it is about, read aloud.
import { Alert } from "@mantine/core";

export function Problem({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <Alert color="red" variant="light" role="alert" p="xs">
      {message}
    </Alert>
  );
}
