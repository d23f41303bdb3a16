import { Button, Drawer, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries, useMay } from '../api/queries.js';
import type { Call } from '../api/types.js';
import { formatDuration } from '../app/format.js';
import { CallState } from '../calls/CallState.js';
import { Timeline } from '../calls/Timeline.js';
import { useCallLog } from '../calls/useCallLog.js';
import { Problem } from '../ui/Problem.js';
import { ValueList } from '../ui/ValueList.js';
import { useNow } from '../ui/useNow.js';
import { CallCommands } from './CallCommands.js';
import { followCall, useFollowed } from './followed.js';
import { LegList } from './LegList.js';
import classes from './FollowedCall.module.css';

/** One call, closely: what happens in it, how it sounds, and what can be done to it. Beside the page that showed it. */
export function FollowedCall() {
  const { t } = useTranslation();
  const call = useFollowed((followed) => followed.call);
  return (
    <Drawer
      opened={call !== null}
      onClose={() => followCall(null)}
      position="right"
      size="min(560px, 100vw)"
      title={t('One call')}
      overlayProps={{ backgroundOpacity: 0.12 }}
    >
      {call !== null && <Closely key={call} id={call} />}
    </Drawer>
  );
}

function Closely({ id }: { id: string }) {
  const { t } = useTranslation();
  const mayCommand = useMay('operator');
  const call = useQuery({
    ...queries.call(id),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : 1000),
  });
  const { events } = useCallLog(id);
  if (call.error) return <Problem error={call.error} onRetry={() => void call.refetch()} />;
  if (!call.data) return <Skeleton height={180} />;
  const running = call.data.state !== 'ended';
  return (
    <div className={classes.call} data-testid="followed-call">
      <Head call={call.data} />
      {mayCommand && running && <CallCommands call={call.data} />}
      <section aria-label={t('Legs')}>
        <h3 className={classes.heading}>{t('Legs')}</h3>
        <LegList call={call.data} mayListen={mayCommand} />
      </section>
      <ValueList name="vars" values={Object.entries(call.data.variables)} none={t('None set yet.')} />
      <section aria-label={t('What happens')}>
        <h3 className={classes.heading}>{t('What happens')}</h3>
        <Timeline events={events} />
      </section>
      <Group>
        <Button
          component={Link}
          to={`/calls/${id}`}
          onClick={() => followCall(null)}
          variant="default"
          leftSection={<IconExternalLink size={16} />}
        >
          {t('The whole call on its drawing')}
        </Button>
      </Group>
    </div>
  );
}

function Head({ call }: { call: Call }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const length = call.durationMs ?? now - new Date(call.startedAt).getTime();
  return (
    <div className={classes.head}>
      <div className={classes.parties}>
        {call.from} <span aria-hidden>→</span> {call.to}
      </div>
      <div className={classes.facts}>
        <CallState state={call.state} cause={call.cause} />
        <span className="tabular">{formatDuration(length)}</span>
        {call.node !== null && (
          <span>
            {t('at')} <span className="mono">{call.node}</span>
          </span>
        )}
      </div>
    </div>
  );
}
