// What could not be read, read aloud, with a button to try again.
import { Button } from "@mantine/core";
import { Notice } from "./notice";

export function Failure({ message, again, order = 1 }: { message: string; again: () => void; order?: 1 | 2 }) {
  return (
    <Notice title="This could not be loaded" order={order} alert action={<Button onClick={again}>Try again</Button>}>
      {message}
    </Notice>
  );
}
