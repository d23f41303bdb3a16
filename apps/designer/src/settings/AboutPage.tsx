import { Anchor, Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';

const featureTitles: Record<string, string> = { fax: 'Fax', speech: 'Speech', inBandDigits: 'In-band digits' };

export function AboutPage() {
  const version = useQuery(queries.version());
  return (
    <Page title="About" intro="What runs here, and what this machine can do.">
      {version.error && <Problem error={version.error} onRetry={() => void version.refetch()} />}
      {version.data && (
        <>
          <Sheet label="Version">
            <Table withRowBorders={false}>
              <Table.Tbody>
                {[
                  ['Callwright', version.data.version],
                  ['Commit', version.data.commit ?? '—'],
                  ['Node', version.data.node],
                  ['Telephony', version.data.telephony],
                ].map(([label, value]) => (
                  <Table.Tr key={label}>
                    <Table.Th w={220} fw={500}>
                      {label}
                    </Table.Th>
                    <Table.Td className="mono">{value}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Sheet>
          <Sheet label="Features">
            <Table>
              <Table.Tbody>
                {Object.entries(version.data.features).map(([name, { available, reason }]) => (
                  <Table.Tr key={name}>
                    <Table.Th w={220} fw={500}>
                      {featureTitles[name] ?? name}
                    </Table.Th>
                    <Table.Td>
                      <Badge variant="light" color={available ? undefined : 'gray'} tt="none">
                        {available ? 'available' : 'not available'}
                      </Badge>
                      {reason && (
                        <Text span size="sm" c="dimmed" ml="sm">
                          {reason}
                        </Text>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Sheet>
          <Text size="sm" c="dimmed" mt="lg">
            Open source under the Apache License 2.0. The API is described at{' '}
            <Anchor underline="always" href="/api/docs">
              /api/docs
            </Anchor>
            .
          </Text>
        </>
      )}
    </Page>
  );
}
