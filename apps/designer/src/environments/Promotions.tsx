import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { Environment } from '../api/types.js';
import { Ago } from '../ui/Ago.js';
import { Sheet } from '../ui/Sheet.js';

/** What was promoted, newest first. The newest of a scenario is the one that runs. */
export function Promotions({ environment: { id, releases } }: { environment: Environment }) {
  const { t } = useTranslation();
  const promotions = useQuery(queries.promotions(id));
  const scenarios = useQuery(queries.scenarios());
  const nameOf = (scenarioId: string) => scenarios.data?.find((one) => one.id === scenarioId)?.name ?? scenarioId;
  const items = promotions.data ?? [];
  const runs = new Set<string>();
  return (
    <Sheet label={t('Promoted versions')}>
      {items.length === 0 ? (
        <Text p="md" size="sm" c="dimmed">
          {releases === 'automatic'
            ? t('Every new version runs here as soon as it is published: nothing has to be promoted.')
            : t('Nothing was promoted yet. Choose a scenario above, see that its names are there, and promote it.')}
        </Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('Scenario')}</Table.Th>
              <Table.Th>{t('Version')}</Table.Th>
              <Table.Th>{t('Comment')}</Table.Th>
              <Table.Th>{t('Who')}</Table.Th>
              <Table.Th>{t('When')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => {
              const current = releases === 'promoted' && !runs.has(item.scenarioId);
              runs.add(item.scenarioId);
              return (
                <Table.Tr key={item.id} c={current ? undefined : 'dimmed'}>
                  <Table.Td>
                    <Link to={`/scenarios/${item.scenarioId}`} className="row-link">
                      {nameOf(item.scenarioId)}
                    </Link>
                  </Table.Td>
                  <Table.Td>
                    v{item.version} {current && <b>{t('runs')}</b>}
                  </Table.Td>
                  <Table.Td>{item.comment}</Table.Td>
                  <Table.Td>{item.promotedBy}</Table.Td>
                  <Table.Td>
                    <Ago at={item.createdAt} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Sheet>
  );
}
