import { Anchor, Loader, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { IconArrowLeft, IconFlame } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ScenarioDocument } from '@callwright/scenario';
import { queries } from '../../api/queries.js';
import type { CallPaths } from '../../api/types.js';
import { formatNumber, formatPercent } from '../../app/format.js';
import { PaintContext } from '../../editor/canvas/paint.js';
import { causeNames } from '../../live/words.js';
import { Empty } from '../../ui/Empty.js';
import { Page } from '../../ui/Page.js';
import { Problem } from '../../ui/Problem.js';
import { useNow } from '../../ui/useNow.js';
import { PathDrawing } from '../PathDrawing.js';
import { PERIODS, sinceOf } from '../periods.js';
import { useDrawnVersion } from '../useDrawnVersion.js';
import { heatOf, lossesOf } from './heatOf.js';
import classes from './HeatMapPage.module.css';

/** What many calls did, painted on the drawing: which ways they took, and where callers are lost. */
export function HeatMapPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const now = useNow(60_000);
  const scenarios = useQuery(queries.scenarios());
  const published = (scenarios.data ?? []).filter(({ latestVersion }) => latestVersion !== null);
  const scenario = published.find(({ id }) => id === address.get('scenarioId')) ?? published[0];
  const versions = useQuery({ ...queries.versions(scenario?.id ?? ''), enabled: scenario !== undefined });
  const version = Number(address.get('version') ?? scenario?.latestVersion ?? 0);
  const since = sinceOf(address.get('period'), now);
  const document = useDrawnVersion(scenario?.id ?? null, version);
  const paths = useQuery({
    ...queries.callPaths({
      scenarioId: scenario?.id ?? '',
      version: String(version),
      ...(since === null ? {} : { since }),
    }),
    enabled: scenario !== undefined,
    refetchInterval: 15_000,
  });
  const choose = (name: string, value: string | null) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        if (name === 'scenarioId') next.delete('version');
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={t('Heat map')}
      wide
      intro={
        <Anchor component={Link} to="/calls" size="sm" className={classes.back}>
          <IconArrowLeft size={14} aria-hidden /> {t('Call history')}
        </Anchor>
      }
    >
      {scenario && (
        <div className={classes.choices}>
          <Select
            label={t('Scenario')}
            searchable
            allowDeselect={false}
            data={published.map(({ id, name }) => ({ value: id, label: name }))}
            value={scenario.id}
            onChange={(value) => choose('scenarioId', value)}
          />
          <Select
            label={t('Version')}
            allowDeselect={false}
            data={(versions.data ?? []).map((one) => ({
              value: String(one.version),
              label: `${one.version}${one.comment ? ` · ${one.comment}` : ''}`,
            }))}
            value={String(version)}
            onChange={(value) => choose('version', value)}
          />
          <Select
            label={t('When')}
            placeholder={t('Ever')}
            clearable
            data={PERIODS.map(({ value, label }) => ({ value, label: t(label) }))}
            value={address.get('period')}
            onChange={(value) => choose('period', value)}
          />
        </div>
      )}
      {paths.error && <Problem error={paths.error} onRetry={() => void paths.refetch()} />}
      {scenarios.data && !scenario && (
        <Empty icon={IconFlame} title={t('Nothing is published yet')}>
          {t('Once calls have run through a published version, their ways are painted on its drawing.')}
        </Empty>
      )}
      {scenario && !(document && paths.data) && !paths.error && <Loader size="sm" aria-label={t('Loading')} />}
      {scenario && document && paths.data && (
        <Heat document={document} paths={paths.data} scenarioId={scenario.id} version={version} />
      )}
    </Page>
  );
}

interface HeatProps {
  readonly document: ScenarioDocument;
  readonly paths: CallPaths;
  readonly scenarioId: string;
  readonly version: number;
}

function Heat({ document, paths, scenarioId, version }: HeatProps) {
  const { t } = useTranslation();
  const paint = useMemo(() => heatOf(paths, document), [paths, document]);
  const losses = useMemo(() => lossesOf(paths).slice(0, 6), [paths]);
  if (paths.calls === 0)
    return (
      <Empty icon={IconFlame} title={t('No calls in this time')}>
        {t('Choose a longer time or another version.')}
      </Empty>
    );
  const callsAt = (more: Readonly<Record<string, string>>) => `/calls?${new URLSearchParams({ scenarioId, ...more })}`;
  return (
    <div className={classes.rooms}>
      <section className={classes.drawing} aria-label={t('The ways of the calls')} data-testid="heat-map">
        <PaintContext value={paint}>
          <ReactFlowProvider>
            <PathDrawing key={`${scenarioId} ${version}`} document={document} trace={null} />
          </ReactFlowProvider>
        </PaintContext>
      </section>
      <aside className={classes.side} aria-label={t('Figures')}>
        <dl className={classes.figures}>
          <div>
            <dt>{t('Calls')}</dt>
            <dd>{formatNumber(paths.calls)}</dd>
          </div>
          <div>
            <dt>{t('Answered')}</dt>
            <dd>{formatPercent(paths.answered / paths.calls)}</dd>
          </div>
        </dl>
        <h2 className={classes.heading}>{t('Where callers hang up')}</h2>
        {losses.length === 0 && <p className={classes.none}>{t('Nobody hung up before the scenario ended.')}</p>}
        <ol className={classes.losses}>
          {losses.map(({ node, hungUp, visits, share }) => (
            <li key={node}>
              <Link to={callsAt({ node })} className="mono">
                {node}
              </Link>
              <span>{t('{{hungUp}} of {{visits}}', { hungUp, visits })}</span>
              <span className={classes.share} style={{ width: `${share * 100}%` }} aria-hidden />
            </li>
          ))}
        </ol>
        <h2 className={classes.heading}>{t('How calls ended')}</h2>
        <ul className={classes.losses}>
          {paths.causes
            .toSorted((a, b) => b.calls - a.calls)
            .map(({ cause, calls }) => (
              <li key={cause ?? ''}>
                <Link to={callsAt(cause === null ? {} : { result: cause })}>
                  {cause === null ? t('going on') : t(causeNames[cause])}
                </Link>
                <span>{formatNumber(calls)}</span>
                <span className={classes.share} style={{ width: `${(calls / paths.calls) * 100}%` }} aria-hidden />
              </li>
            ))}
        </ul>
      </aside>
    </div>
  );
}
