import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CALL_CAUSES } from '@callwright/channel-contract';
import { nodesOf } from '@callwright/scenario';
import { queries } from '../api/queries.js';
import { outcomesOf } from '../editor/model/flow.js';
import { causeNames } from '../live/words.js';
import { GOING_ON, type FilterName, type Filters } from './callFilters.js';
import { PERIODS } from './periods.js';
import { useVersion } from './useDrawnVersion.js';
import classes from './CallSearch.module.css';

export interface CallSearchProps {
  readonly filters: Filters;
  readonly onFilter: (name: FilterName, value: string | null) => void;
}

/** A variable and its value, as they are written in every language. */
const EXAMPLE = 'team=sales';

/** What calls are searched by. Nodes and outcomes are offered once a scenario is chosen. */
export function CallSearch({ filters, onFilter }: CallSearchProps) {
  const { t } = useTranslation();
  const scenarios = useQuery(queries.scenarios());
  const scenario = scenarios.data?.find(({ id }) => id === filters.scenarioId);
  const document = useVersion(scenario?.id ?? null, scenario?.latestVersion ?? null);
  const nodes = document ? [...nodesOf(document).values()] : [];
  const node = nodes.find(({ id }) => id === filters.node);
  const outcomes = node ? [...outcomesOf(node).outcomes.map(({ name }) => name), 'failed'] : [];
  return (
    <div className={classes.search} role="search" aria-label={t('Search calls')}>
      <TextInput
        label={t('Number')}
        placeholder={t('A part of it')}
        leftSection={<IconSearch size={15} />}
        value={filters.q ?? ''}
        onChange={(event) => onFilter('q', event.currentTarget.value)}
      />
      <Select
        label={t('Scenario')}
        placeholder={t('Any')}
        clearable
        searchable
        data={(scenarios.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.scenarioId ?? null}
        onChange={(value) => onFilter('scenarioId', value)}
      />
      <Autocomplete
        label={t('Came to node')}
        placeholder={t('Any')}
        data={nodes.map(({ id }) => id)}
        value={filters.node ?? ''}
        onChange={(value) => onFilter('node', value)}
      />
      <Autocomplete
        label={t('Took the outcome')}
        placeholder={t('Any')}
        data={[...new Set(outcomes)]}
        value={filters.outcome ?? ''}
        onChange={(value) => onFilter('outcome', value)}
      />
      <TextInput
        label={t('Variable')}
        placeholder={EXAMPLE}
        value={filters.variable ?? ''}
        onChange={(event) => onFilter('variable', event.currentTarget.value)}
      />
      <Select
        label={t('Result')}
        placeholder={t('Any')}
        clearable
        data={[
          { value: GOING_ON, label: t('going on') },
          ...CALL_CAUSES.map((cause) => ({ value: cause, label: t(causeNames[cause]) })),
        ]}
        value={filters.result ?? null}
        onChange={(value) => onFilter('result', value)}
      />
      <Select
        label={t('When')}
        placeholder={t('Ever')}
        clearable
        data={PERIODS.map(({ value, label }) => ({ value, label: t(label) }))}
        value={filters.period ?? null}
        onChange={(value) => onFilter('period', value)}
      />
    </div>
  );
}
