import { Autocomplete, Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { NameKind } from '@callwright/nodes';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { NameReadiness } from '../api/types.js';
import { msg } from '../i18n/i18n.js';

const KINDS: Readonly<Record<NameKind, string>> = {
  media: msg('Media file'),
  trunk: msg('Trunk'),
  phone: msg('Phone'),
  schedule: msg('Schedule'),
  secret: msg('Secret'),
  scenario: msg('Scenario'),
};

export interface NamesTableProps {
  readonly names: readonly NameReadiness[];
  readonly mayChange: boolean;
  readonly onBind: (kind: NameKind, name: string, standsFor: string) => void;
}

/** Every name that a version says, what it stands for in an environment, and whether that is there. */
export function NamesTable({ names, mayChange, onBind }: NamesTableProps) {
  const { t } = useTranslation();
  const there = useNames();
  if (names.length === 0)
    return (
      <Text p="md" size="sm" c="dimmed">
        {t('This version names nothing that could stand for something else.')}
      </Text>
    );
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('Kind')}</Table.Th>
          <Table.Th>{t('Name')}</Table.Th>
          <Table.Th>{t('Stands for')}</Table.Th>
          <Table.Th>{t('State')}</Table.Th>
          <Table.Th>{t('Nodes')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((one) => (
          <Table.Tr key={`${one.kind} ${one.name}`}>
            <Table.Td>{t(KINDS[one.kind])}</Table.Td>
            <Table.Td className="mono">{one.name}</Table.Td>
            <Table.Td>
              <StandsFor
                key={one.standsFor}
                one={one}
                known={there[one.kind]}
                mayChange={mayChange}
                onBind={(standsFor) => onBind(one.kind, one.name, standsFor)}
              />
            </Table.Td>
            <Table.Td>
              <State one={one} />
            </Table.Td>
            <Table.Td className="mono">{one.nodes.join(', ')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface StandsForProps {
  readonly one: NameReadiness;
  readonly known: readonly string[];
  readonly mayChange: boolean;
  readonly onBind: (standsFor: string) => void;
}

function StandsFor({ one, known, mayChange, onBind }: StandsForProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState(one.standsFor);
  if (!mayChange) return <span className="mono">{one.standsFor}</span>;
  const settle = (text: string) => {
    if (text.trim() !== one.standsFor) onBind(text.trim());
  };
  return (
    <Autocomplete
      size="xs"
      aria-label={t('What {{name}} stands for', { name: one.name })}
      data={[...known]}
      value={value}
      onChange={setValue}
      onOptionSubmit={settle}
      onBlur={() => settle(value)}
      onKeyDown={(event) => event.key === 'Enter' && settle(value)}
    />
  );
}

function State({ one: { reason, bound } }: { one: NameReadiness }) {
  const { t } = useTranslation();
  if (reason === 'not-there') return <Badge color="red" variant="light" tt="none" children={t('missing')} />;
  if (reason === 'not-released') return <Badge color="orange" variant="light" tt="none" children={t('not promoted')} />;
  return (
    <Badge color={bound ? 'blue' : 'gray'} variant="light" tt="none">
      {bound ? t('bound') : t('the same name')}
    </Badge>
  );
}

/** What there is of each kind. Who may not see secrets is offered none. */
function useNames(): Readonly<Record<NameKind, readonly string[]>> {
  const names = (items: readonly { readonly name: string }[] | undefined) => (items ?? []).map(({ name }) => name);
  return {
    media: names(useQuery(queries.media()).data),
    trunk: names(useQuery(queries.trunks()).data),
    schedule: names(useQuery(queries.schedules()).data),
    secret: names(useQuery(queries.secrets()).data),
    phone: (useQuery(queries.phones()).data ?? []).map(({ username }) => username),
    // By the id of their documents, which only the documents say.
    scenario: [],
  };
}
