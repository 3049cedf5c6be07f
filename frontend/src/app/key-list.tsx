// The list of keys, behind `?`.
import { Group, Kbd, Modal, Table } from "@mantine/core";
import { actions } from "@/lib/tasks/actions";
import { useFocusBack } from "@/ui/use-focus-back";

const keys: readonly [keys: string, what: string][] = [
  ["Ctrl K or ⌘ K", "Search, or do anything"],
  ["/", "Search in the tasks shown"],
  ["c", "New task"],
  ["j / k", "Next, previous task"],
  ["h / l", "The column to the left, to the right"],
  ["enter", "Open the task"],
  ["esc", "Close what is open"],
  ...actions.map(({ key, label }) => [key, `${label} the task`] as [string, string]),
  ["g b", "Go to the board"],
  ["g t", "Go to the table"],
  ["?", "This list"],
];

export function KeyList({ close }: { close: () => void }) {
  useFocusBack();
  return (
    <Modal opened onClose={close} title="Keys" centered>
      <Table>
        <Table.Tbody>
          {keys.map(([names, what]) => (
            <Table.Tr key={what}>
              <Table.Th scope="row" fw={400}>
                {what}
              </Table.Th>
              <Table.Td>
                <Group gap={4} justify="flex-end">
                  <Kbd size="sm">{names}</Kbd>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
