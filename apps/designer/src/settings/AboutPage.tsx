import { Anchor, Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Trans, useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { msg } from '../i18n/i18n.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';

const featureTitles: Record<string, string> = {
  fax: msg('Fax'),
  speech: msg('Speech'),
  inBandDigits: msg('In-band digits'),
};

export function AboutPage() {
  const { t } = useTranslation();
  const version = useQuery(queries.version());
  return (
    <Page title={t('About')} intro={t('What runs here, and what this machine can do.')}>
      {version.error && <Problem error={version.error} onRetry={() => void version.refetch()} />}
      {version.data && (
        <>
          <Sheet label={t('Version')}>
            <Table withRowBorders={false}>
              <Table.Tbody>
                {[
                  ['Callwright', version.data.version],
                  [t('Commit'), version.data.commit ?? '—'],
                  ['Node', version.data.node],
                  [t('Telephony'), version.data.telephony],
                ].map(([label, value]) => (
                  <Table.Tr key={label}>
                    <Table.Th w="30%" miw={110} fw={500}>
                      {label}
                    </Table.Th>
                    <Table.Td className="mono breakable">{value}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Sheet>
          <Sheet label={t('Features')}>
            <Table>
              <Table.Tbody>
                {Object.entries(version.data.features).map(([name, { available, reason }]) => (
                  <Table.Tr key={name}>
                    <Table.Th w="30%" miw={110} fw={500}>
                      {t(featureTitles[name] ?? name)}
                    </Table.Th>
                    <Table.Td>
                      <Badge variant="light" color={available ? undefined : 'gray'} tt="none">
                        {available ? t('available') : t('not available')}
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
            <Trans
              i18nKey="Open source under the Apache License 2.0. The API is described at <api>/api/docs</api>."
              components={{ api: <Anchor underline="always" href="/api/docs" /> }}
            />
          </Text>
        </>
      )}
    </Page>
  );
}
