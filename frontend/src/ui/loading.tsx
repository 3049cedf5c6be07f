// Something is on its way.
import { Center, Loader } from "@mantine/core";

export function Loading({ label }: { label: string }) {
  return (
    <Center py={48} aria-busy="true">
      <Loader size="sm" aria-label={label} role="status" />
    </Center>
  );
}
