import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { Call } from '../api/types.js';
import { formatDateTime, formatDuration } from '../app/format.js';
import { useNow } from '../ui/useNow.js';
import { CallState } from './CallState.js';
import classes from './CallPage.module.css';

/** What is known of a call at a glance. */
export function CallFacts({ call }: { call: Call }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const { data: scenarios } = useQuery(queries.scenarios());
  const scenario = scenarios?.find(({ id }) => id === call.scenarioId);
  const began = new Date(call.startedAt).getTime();
  const facts = [
    { name: t('State'), value: <CallState state={call.state} cause={call.cause} /> },
    {
      name: t('Scenario'),
      value:
        call.scenarioId === null ? (
          '—'
        ) : (
          <Link to={`/scenarios/${call.scenarioId}`} className="row-link">
            {scenario?.name ?? call.scenarioId} {call.version ? `v${call.version}` : t('draft')}
          </Link>
        ),
    },
    { name: t('Began'), value: formatDateTime(call.startedAt) },
    {
      name: t('Answered after'),
      value:
        call.answeredAt === null
          ? t('not answered')
          : `${((new Date(call.answeredAt).getTime() - began) / 1000).toFixed(1)} s`,
    },
    { name: t('Duration'), value: formatDuration(call.durationMs ?? now - began) },
    { name: t('Last node'), value: <span className="mono">{call.lastNode ?? '—'}</span> },
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
