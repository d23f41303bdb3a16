import {
  IconAlertTriangle,
  IconMicrophone,
  IconMusic,
  IconPhoneOff,
  IconPlayerStop,
  IconWaveSine,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../app/format.js';
import { transcriptOf, type HeardPart, type Line } from './transcript.js';
import type { TryOutState } from './tryOut.js';
import classes from './Transcript.module.css';

/** What went on between the caller and the scenario, like the messages of a telephone. */
export function Transcript({ state }: { state: TryOutState }) {
  const { t } = useTranslation();
  const { events, remarks, startedAt, phase, waiting, question } = state;
  const lines = useMemo(() => transcriptOf(events, remarks), [events, remarks]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  const silent = phase === 'running' && waiting && question === null && state.stoppedAt === null;
  return (
    <div
      ref={list}
      className={classes.transcript}
      role="log"
      aria-label={t('What is heard')}
      tabIndex={0}
      data-testid="transcript"
    >
      {lines.length === 0 && <p className={classes.nothing}>{t('It rings…')}</p>}
      {lines.map((line) => (
        <div key={line.key} className={classes.line} data-kind={line.kind}>
          <time className={classes.at}>{formatDuration(Date.parse(line.at) - startedAt)}</time>
          <Words line={line} />
        </div>
      ))}
      {silent && <p className={classes.turn}>{t('Your turn: press a key, or skip the wait.')}</p>}
    </div>
  );
}

function Words({ line }: { line: Line }) {
  const { t } = useTranslation();
  switch (line.kind) {
    case 'heard':
      return (
        <div className={classes.heard} data-cut={line.cut || undefined} data-playing={line.playing || undefined}>
          {line.parts.map((part, index) => (
            <Part key={index} part={part} />
          ))}
          {line.cut && (
            <span className={classes.cut} title={t('A key ended it')}>
              <IconPlayerStop size={12} aria-label={t('A key ended it')} />
            </span>
          )}
        </div>
      );
    case 'pressed':
      return (
        <div className={classes.pressed}>
          {[...line.digits].map((digit, index) => (
            <kbd key={index}>{digit}</kbd>
          ))}
        </div>
      );
    case 'said':
      return (
        <div className={classes.said}>
          <IconMicrophone size={13} aria-hidden /> {line.text}
        </div>
      );
    case 'fault':
      return (
        <div className={classes.fault}>
          <IconAlertTriangle size={14} aria-hidden /> <b>{line.node}</b> {line.text}
        </div>
      );
    case 'log':
      return (
        <div className={classes.log} data-level={line.level}>
          {line.text}
        </div>
      );
    case 'ended':
      return (
        <div className={classes.ended}>
          <IconPhoneOff size={14} aria-hidden />
          {t('The call ended: {{cause}}, by {{by}}', { cause: line.cause, by: line.by })}
        </div>
      );
  }
}

function Part({ part: { kind, text } }: { part: HeardPart }) {
  const { t } = useTranslation();
  if (kind === 'say') return <span>{text} </span>;
  if (kind === 'silence') return null;
  const Icon = kind === 'play' ? IconMusic : IconWaveSine;
  return (
    <span className={classes.sound}>
      <Icon size={13} aria-hidden /> {kind === 'play' ? text : t('{{tone}} tone', { tone: text })}
    </span>
  );
}
