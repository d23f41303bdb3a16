import { Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import { Copyable } from '../ui/Copyable.js';
import { Sheet } from '../ui/Sheet.js';
import { sipAddress } from './sipAddress.js';

/** What to write into a softphone so that it registers here. */
export function HowToRegister() {
  const { data: version } = useQuery(queries.version());
  const { data: phones } = useQuery(queries.phones());
  const address = sipAddress(version?.sip, window.location.hostname);
  const [phone] = phones ?? [];
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['Server, domain or registrar', address, true],
    ['Username', phone?.username ?? 'the username of the phone', phone !== undefined],
    ['Password', 'the one that you gave it', false],
    ['Realm', phone?.realm ?? 'callwright', true],
    ['Transport', 'UDP or TCP', false],
  ];
  return (
    <Sheet padded label="How to register a softphone">
      <Title order={2} size="h4">
        How to register a softphone
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw="70ch">
        Any SIP phone will do: Linphone, MicroSIP, Zoiper, Telephone, baresip, or a desk phone. Add a SIP account with
        these values; the state above turns to “registered” within seconds. Then dial a number from the Numbers page.
      </Text>
      <Table withRowBorders={false} verticalSpacing={6} maw={640}>
        <Table.Tbody>
          {rows.map(([label, value, copyable]) => (
            <Table.Tr key={label}>
              <Table.Th w={230} fw={500}>
                {label}
              </Table.Th>
              <Table.Td>{copyable ? <Copyable value={value} label={label} /> : value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sheet>
  );
}
