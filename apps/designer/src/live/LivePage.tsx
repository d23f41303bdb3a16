import { Badge, Button, TextInput } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconMaximize, IconMinimize, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { CallFigures } from '../api/types.js';
import { Page } from '../ui/Page.js';
import { Sheet } from '../ui/Sheet.js';
import { FollowedCall } from './FollowedCall.js';
import { LiveTable } from './LiveTable.js';
import type { LiveCalls } from './liveCalls.js';
import { useLiveCalls } from './useLiveCalls.js';
import { Figures } from './wallboard/Figures.js';
import { Outcomes } from './wallboard/Outcomes.js';
import { Standing } from './wallboard/Standing.js';
import { Trunks } from './wallboard/Trunks.js';
import classes from './LivePage.module.css';

const FIGURES_EVERY_MS = 10_000;

/** Every call that is going on, and how the last hour went: for a person at a desk, and for a screen on a wall. */
export function LivePage() {
  const { t } = useTranslation();
  const live = useLiveCalls(null);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const wall = useFullscreenElement();
  const scenarios = useQuery(queries.scenarios());
  const names = new Map((scenarios.data ?? []).map(({ id, name }) => [id, name]));
  const figures = useQuery({
    queryKey: ['calls', 'figures'],
    queryFn: ({ signal }) => get<CallFigures>('/calls/figures?minutes=60', signal),
    refetchInterval: FIGURES_EVERY_MS,
  });
  return (
    <Page
      wide
      title={t('Live calls')}
      intro={t('Calls as they happen. On a scenario’s canvas the same calls move from node to node.')}
      actions={
        <>
          <Connection live={live} />
          <Button
            variant="default"
            leftSection={wall.fullscreen ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
            onClick={() => void wall.toggle()}
          >
            {t('Wallboard')}
          </Button>
        </>
      }
    >
      <div ref={wall.ref} className={classes.wall} data-full={wall.fullscreen || undefined} data-testid="wallboard">
        <Figures live={live} figures={figures.data ?? null} />
        <div className={classes.boards}>
          <Standing live={live} names={names} />
          <Outcomes figures={figures.data ?? null} />
          <Trunks />
        </div>
      </div>
      <div className={classes.list}>
        <div className={classes.search}>
          <TextInput
            aria-label={t('Search the live calls')}
            placeholder={t('A number, a node, a scenario')}
            leftSection={<IconSearch size={16} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <Sheet label={t('Live calls')}>
          <LiveTable live={live} names={names} search={wanted} />
        </Sheet>
      </div>
      <FollowedCall />
    </Page>
  );
}

function Connection({ live }: { live: LiveCalls }) {
  const { t } = useTranslation();
  const calls = useSyncExternalStore(live.subscribe, live.count);
  const connection = useSyncExternalStore(live.subscribe, live.connection);
  return (
    <Badge
      size="lg"
      variant="light"
      color={connection === 'lost' ? 'red' : calls > 0 ? 'exchange' : 'gray'}
      tt="none"
      role="status"
    >
      {connection === 'lost'
        ? t('Connection lost, trying again…')
        : connection === 'connecting'
          ? t('Connecting…')
          : t('{{count}} calls now', { count: calls })}
    </Badge>
  );
}
