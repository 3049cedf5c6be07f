// Asks for the name of a view.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";

export function askName(save: (name: string) => void): void {
  const id = modals.open({
    title: "Save this view",
    centered: true,
    children: <Asking save={save} close={() => modals.close(id)} />,
  });
}

function Asking({ save, close }: { save: (name: string) => void; close: () => void }) {
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        save(name.trim());
        close();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Filters and sort are kept under it, for you, in this browser."
          required
          maxLength={60}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Do not save
          </Button>
          <Button type="submit">Save</Button>
        </Group>
      </Stack>
    </form>
  );
}
