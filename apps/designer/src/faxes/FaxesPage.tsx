import { Button, Group, Select, Skeleton, Table, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconArrowDownLeft, IconArrowUpRight, IconPrinter, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/queries.js';
import { Ago } from '../ui/Ago.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Pager } from '../ui/Pager.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useSettled } from '../ui/useSettled.js';
import { useAddressFilters } from '../ui/useAddressFilters.js';
import { FAX_STATE_WORDS, FaxBadge } from './FaxBadge.js';
import { FAX_STATES, faxQueries } from './faxes.js';
import { SendFax } from './SendFax.js';

const FILTERS = ['direction', 'state', 'search'] as const;

/** Every fax: what waits, what is on the line, and what was. */
export function FaxesPage() {
  const { t } = useTranslation();
  const may = useMay('operator');
  const { filters, setFilter } = useAddressFilters(FILTERS);
  const [opened, dialog] = useDisclosure(false);
  const settled = useSettled(filters);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const faxes = useQuery({
    ...faxQueries.list(settled, cursors.at(-1) ?? null),
    placeholderData: keepPreviousData,
    refetchInterval: cursors.length === 0 ? 3_000 : false,
  });
  const filter = (name: (typeof FILTERS)[number], value: string | null) => {
    setCursors([]);
    setFilter(name, value);
  };
  const items = faxes.data?.items ?? [];
  const unfiltered = Object.keys(filters).length === 0;
  const send = may && (
    <Button leftSection={<IconSend size={16} />} onClick={dialog.open}>
      {t('Send a fax')}
    </Button>
  );
  return (
    <Page
      title={t('Faxes')}
      intro={t('What was faxed, what waits in the queue, and why something did not arrive.')}
      actions={send}
      wide
    >
      <Group mb="md" gap="sm" align="flex-end">
        <TextInput
          label={t('Search')}
          placeholder={t('Number or document')}
          value={filters['search'] ?? ''}
          onChange={(event) => filter('search', event.currentTarget.value)}
          w={220}
        />
        <Select
          label={t('Direction')}
          placeholder={t('Any')}
          clearable
          data={[
            { value: 'outbound', label: t('Outgoing') },
            { value: 'inbound', label: t('Incoming') },
          ]}
          value={filters['direction'] ?? null}
          onChange={(value) => filter('direction', value)}
          w={150}
        />
        <Select
          label={t('State')}
          placeholder={t('Any')}
          clearable
          data={FAX_STATES.map((value) => ({ value, label: t(FAX_STATE_WORDS[value].label) }))}
          value={filters['state'] ?? null}
          onChange={(value) => filter('state', value)}
          w={150}
        />
      </Group>
      {faxes.error && <Problem error={faxes.error} onRetry={() => void faxes.refetch()} />}
      <Sheet label={t('Faxes')}>
        {faxes.isPending && <Skeleton height={120} />}
        {faxes.data && items.length === 0 && (
          <Empty
            icon={IconPrinter}
            title={unfiltered ? t('No faxes yet') : t('No fax fits')}
            action={unfiltered && send}
          >
            {unfiltered
              ? t('Send one from here, draw a scenario with “Receive fax”, or let a program put one into the queue.')
              : t('Widen the search: a part of a number is enough.')}
          </Empty>
        )}
        {items.length > 0 && (
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('Time')}</Table.Th>
                <Table.Th>{t('Number')}</Table.Th>
                <Table.Th>{t('Document')}</Table.Th>
                <Table.Th>{t('State')}</Table.Th>
                <Table.Th>{t('Pages')}</Table.Th>
                <Table.Th>{t('What happened')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((fax) => (
                <Table.Tr key={fax.id} data-fax={fax.id}>
                  <Table.Td>
                    <Link to={`/faxes/${fax.id}`} className="row-link">
                      <Ago at={fax.createdAt} />
                    </Link>
                  </Table.Td>
                  <Table.Td className="tabular">
                    <Group gap={6} wrap="nowrap">
                      {fax.direction === 'inbound' ? (
                        <IconArrowDownLeft size={16} aria-label={t('Incoming')} />
                      ) : (
                        <IconArrowUpRight size={16} aria-label={t('Outgoing')} />
                      )}
                      {fax.direction === 'inbound' ? (fax.from ?? '—') : fax.to}
                    </Group>
                  </Table.Td>
                  <Table.Td>{fax.document}</Table.Td>
                  <Table.Td>
                    <FaxBadge fax={fax} />
                  </Table.Td>
                  <Table.Td className="tabular">
                    {fax.totalPages === null ? fax.pages : `${fax.pages} / ${fax.totalPages}`}
                  </Table.Td>
                  <Table.Td>{fax.explanation ?? '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Sheet>
      <Pager cursors={cursors} next={faxes.data?.next ?? null} onCursors={setCursors} />
      <SendFax opened={opened} onClose={dialog.close} />
    </Page>
  );
}
