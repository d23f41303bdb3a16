import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconEar, IconEarOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.js';
import type { Call, CallLeg, LegQuality } from '../api/types.js';
import { formatNumber } from '../app/format.js';
import { notify } from '../ui/notify.js';
import { listenTo, type Ear } from './listening.js';
import { soundOf } from './quality.js';
import { gradeNames, legStateNames } from './words.js';
import classes from './FollowedCall.module.css';

const EVERY_MS = 2000;

/** Who takes part, and how each sounds. */
export function LegList({ call, mayListen }: { call: Call; mayListen: boolean }) {
  const running = call.state !== 'ended';
  const quality = useQuery({
    queryKey: ['calls', call.id, 'quality'],
    queryFn: ({ signal }) => get<{ legs: readonly LegQuality[] }>(`/calls/${call.id}/quality`, signal),
    enabled: running,
    refetchInterval: EVERY_MS,
  });
  return (
    <ul className={classes.legs}>
      {call.legs.map((leg, index) => (
        <Leg
          key={`${leg.name} ${index}`}
          call={call.id}
          leg={leg}
          quality={running ? (quality.data?.legs.find(({ leg: name }) => name === leg.name) ?? null) : null}
          mayListen={mayListen && running}
        />
      ))}
    </ul>
  );
}

interface LegProps {
  readonly call: string;
  readonly leg: CallLeg;
  readonly quality: LegQuality | null;
  readonly mayListen: boolean;
}

function Leg({ call, leg, quality, mayListen }: LegProps) {
  const { t } = useTranslation();
  const living = leg.state !== 'ended';
  const sound = quality && living ? soundOf(quality) : null;
  return (
    <li className={classes.leg} data-testid={`leg-${leg.name}`}>
      <div>
        <div className={classes.legName}>
          {leg.name}
          <Badge variant="light" tt="none" size="sm" color={living ? (leg.onHold ? 'gray' : undefined) : 'gray'}>
            {t(legStateNames[leg.onHold && living ? 'held' : leg.state])}
          </Badge>
          {leg.codec !== null && <span className={classes.uri}>{leg.codec}</span>}
        </div>
        <div className={classes.uri} title={leg.uri}>
          {leg.uri}
        </div>
      </div>
      {mayListen && living && leg.codec !== null && <Listen call={call} leg={leg.name} />}
      {quality && living && (
        <p className={classes.sound}>
          {sound && (
            <span className={classes.grade} data-grade={sound.grade}>
              {t(gradeNames[sound.grade])} · {formatNumber(sound.mos)}
            </span>
          )}
          <span>{t('loss {{percent}} %', { percent: formatNumber(sound?.lossPercent ?? 0) })}</span>
          <span>{t('jitter {{ms}} ms', { ms: formatNumber(Math.round(quality.jitterMs * 10) / 10) })}</span>
          {quality.roundTripMs !== null && (
            <span>{t('round trip {{ms}} ms', { ms: formatNumber(Math.round(quality.roundTripMs)) })}</span>
          )}
          <span>
            {t('{{received}} in, {{sent}} out', {
              received: formatNumber(quality.packetsReceived),
              sent: formatNumber(quality.packetsSent),
            })}
          </span>
        </p>
      )}
    </li>
  );
}

function Listen({ call, leg }: { call: string; leg: string }) {
  const { t } = useTranslation();
  const [ear, setEar] = useState<Ear | null>(null);
  const [busy, setBusy] = useState(false);
  const current = useRef<Ear | null>(null);
  useEffect(() => () => current.current?.stop(), []);
  const take = (one: Ear | null) => {
    current.current = one;
    setEar(one);
  };
  const begin = async () => {
    setBusy(true);
    try {
      take(await listenTo(call, leg, () => take(null)));
    } catch (error) {
      notify.failed(t('This leg cannot be heard now'), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant={ear ? 'filled' : 'default'}
        loading={busy}
        leftSection={ear ? <IconEarOff size={15} /> : <IconEar size={15} />}
        onClick={() => {
          if (!ear) return void begin();
          ear.stop();
          take(null);
        }}
        aria-label={ear ? t('Stop listening to {{leg}}', { leg }) : t('Listen in on {{leg}}', { leg })}
      >
        {ear ? t('Stop') : t('Listen in')}
      </Button>
      {ear && <Levels ear={ear} />}
    </>
  );
}

const SIXTEENTH_MS = 60;

/** That something is heard is also seen. */
function Levels({ ear }: { ear: Ear }) {
  const { t } = useTranslation();
  const [levels, setLevels] = useState<readonly [number, number]>([0, 0]);
  useEffect(() => {
    const timer = setInterval(() => setLevels(ear.levels()), SIXTEENTH_MS);
    return () => clearInterval(timer);
  }, [ear]);
  return (
    <div className={classes.ear}>
      <span>{t('says')}</span>
      <meter min={0} max={1} value={levels[0]} aria-label={t('How loud the far end is')} />
      <span>{t('hears')}</span>
      <meter min={0} max={1} value={levels[1]} aria-label={t('How loud what it hears is')} />
    </div>
  );
}
