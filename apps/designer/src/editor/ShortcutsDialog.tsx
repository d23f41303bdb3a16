import { Kbd, Modal, Table } from '@mantine/core';

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const shortcuts: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'Add a node (after the selected one)'],
  [['Tab'], 'Next node; arrow keys move it'],
  [['Enter'], 'Edit the selected node'],
  [['Delete'], 'Delete what is selected'],
  [[MOD, 'Z'], 'Undo'],
  [[MOD, 'Shift', 'Z'], 'Redo'],
  [[MOD, 'C'], 'Copy, also to another scenario or tab'],
  [[MOD, 'X'], 'Cut'],
  [[MOD, 'V'], 'Paste'],
  [[MOD, 'D'], 'Duplicate'],
  [[MOD, 'A'], 'Select all'],
  [['Shift', 'drag'], 'Select with a frame'],
  [['L'], 'Arrange the selection, or the whole drawing'],
  [['F'], 'Zoom to fit'],
  [[MOD, 'S'], 'Save now'],
  [['?'], 'This list'],
];

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <Table verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          {shortcuts.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={150}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
