import { ActionIcon, Button, Select, Skeleton, Table, TextInput, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight, IconFingerprint, IconSearch, IconX } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { AuditItem } from '../api/types.js';
import { formatDateTime } from '../app/format.js';
import { PERIODS, sinceOf } from '../calls/periods.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Pager } from '../ui/Pager.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useAddressFilters } from '../ui/useAddressFilters.js';
import { useNow } from '../ui/useNow.js';
import { useSettled } from '../ui/useSettled.js';
import { changesOf, deedOf, NOUNS, VERBS } from './words.js';
import classes from './AuditPage.module.css';

/** Who did what, newest first. The search is in the address, so that other pages lead to what was done to one thing. */
export function AuditPage() {
  const { t } = useTranslation();
  const { filters, setFilter } = useAddressFilters(['actor', 'action', 'target', 'period']);
  const now = useNow(60_000);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const filter = (name: 'actor' | 'action' | 'target' | 'period', value: string | null) => {
    setCursors([]);
    setFilter(name, value);
  };
  const { period = null, ...asked } = filters;
  const since = sinceOf(period, now);
  const settled = useSettled({ ...asked, ...(since === null ? {} : { since }) });
  const audit = useQuery({ ...queries.audit(settled, cursors.at(-1) ?? null), placeholderData: keepPreviousData });
  const items = audit.data?.items ?? [];
  return (
    <Page title={t('Audit')} intro={t('Who did what, and when. Secrets are never written down.')} wide>
      <div className={classes.search} role="search" aria-label={t('Search the audit')}>
        <TextInput
          label={t('Who')}
          placeholder={t('A part of it')}
          leftSection={<IconSearch size={15} />}
          value={filters.actor ?? ''}
          onChange={(event) => filter('actor', event.currentTarget.value)}
        />
        <Select
          label={t('What')}
          placeholder={t('Anything')}
          clearable
          searchable
          data={Object.entries(NOUNS).map(([value, { label }]) => ({ value, label: t(label) }))}
          value={filters.action ?? null}
          onChange={(value) => filter('action', value)}
        />
        <Select
          label={t('When')}
          placeholder={t('Ever')}
          clearable
          data={PERIODS.map(({ value, label }) => ({ value, label: t(label) }))}
          value={period}
          onChange={(value) => filter('period', value)}
        />
        {filters.target !== undefined && (
          <Button
            variant="light"
            className={classes.one}
            rightSection={<IconX size={14} aria-hidden />}
            onClick={() => filter('target', null)}
          >
            {t('Only one thing: show everything')}
          </Button>
        )}
      </div>
      {audit.error && <Problem error={audit.error} onRetry={() => void audit.refetch()} />}
      <Sheet label={t('Audit')}>
        {audit.isPending && <Skeleton height={120} />}
        {audit.data && items.length === 0 && (
          <Empty icon={IconFingerprint} title={t('Nothing was written down')}>
            {t('Whatever is made, changed, published or deleted, and every command to a call, is kept here.')}
          </Empty>
        )}
        {items.length > 0 && <Entries items={items} />}
      </Sheet>
      <Pager cursors={cursors} next={audit.data?.next ?? null} onCursors={setCursors} />
    </Page>
  );
}

function Entries({ items }: { items: readonly AuditItem[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={44}>
            <VisuallyHidden>{t('Details')}</VisuallyHidden>
          </Table.Th>
          <Table.Th>{t('When')}</Table.Th>
          <Table.Th>{t('Who')}</Table.Th>
          <Table.Th>{t('What')}</Table.Th>
          <Table.Th>{t('What was done')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => {
          const { noun, verb, name } = deedOf(item);
          const changes = changesOf(item);
          const unfolded = open === item.id;
          const kind = NOUNS[noun];
          return (
            <Fragment key={item.id}>
              <Table.Tr>
                <Table.Td>
                  {changes.length > 0 && (
                    <ActionIcon
                      size="sm"
                      aria-expanded={unfolded}
                      aria-label={t('What changed in {{what}}', { what: name })}
                      onClick={() => setOpen(unfolded ? null : item.id)}
                    >
                      {unfolded ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
                    </ActionIcon>
                  )}
                </Table.Td>
                <Table.Td className={`tabular ${classes.when}`}>{formatDateTime(item.createdAt)}</Table.Td>
                <Table.Td>{item.actor}</Table.Td>
                <Table.Td>
                  <span className={classes.kind}>{kind ? t(kind.label) : noun}</span>{' '}
                  {kind && verb !== 'deleted' ? (
                    <Link className="row-link" to={kind.page(item.target)}>
                      {name}
                    </Link>
                  ) : (
                    <b>{name}</b>
                  )}
                </Table.Td>
                <Table.Td>{VERBS[verb] === undefined ? verb : t(VERBS[verb])}</Table.Td>
              </Table.Tr>
              {unfolded && (
                <Table.Tr>
                  <Table.Td />
                  <Table.Td colSpan={4}>
                    <dl className={classes.changes}>
                      {changes.map(({ field, before, after }) => (
                        <div key={field}>
                          <dt className="mono">{field}</dt>
                          <dd>
                            {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
                          </dd>
                        </div>
                      ))}
                    </dl>
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
