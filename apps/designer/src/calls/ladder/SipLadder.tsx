import { Badge, Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../../ui/download.js';
import { Problem } from '../../ui/Problem.js';
import type { FarEnd, Ladder, Rung } from './ladder.js';
import { MessageText } from './MessageText.js';
import classes from './SipLadder.module.css';

export interface SipLadderProps {
  readonly callId: string;
  readonly ladder: Ladder;
  readonly error: Error | null;
  /** When the call began, ms since the epoch. */
  readonly began: number;
  /** The moment that is looked at. */
  readonly at: number;
  /** Index of the message that is read, or null. */
  readonly chosen: number | null;
  readonly onChoose: (rung: Rung) => void;
}

/** Where lifelines stand, in parts of the width: the first far end, we, and everybody else. */
const columnsOf = (ends: readonly FarEnd[]): { readonly us: number; readonly of: ReadonlyMap<string, number> } => {
  const count = Math.max(2, ends.length + 1);
  const place = (column: number) => (column + 0.5) / count;
  return { us: place(1), of: new Map(ends.map(({ key }, index) => [key, place(index === 0 ? 0 : index + 1)])) };
};

const percent = (part: number) => `${part * 100}%`;

/** Every SIP message of a call as an arrow between its two ends; the one that is chosen is shown word for word. */
export function SipLadder({ callId, ladder, error, began, at, chosen, onChoose }: SipLadderProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { ends, rungs } = ladder;
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const columns = columnsOf(ends);
  const current = rungs.findLastIndex((rung) => rung.at <= at);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = by === undefined ? undefined : rungs[chosen === null ? 0 : chosen + by];
    if (!next) return;
    event.preventDefault();
    onChoose(next);
  };
  const message = chosen === null ? undefined : rungs[chosen]?.message;
  return (
    <section className={classes.box} aria-label={t('SIP ladder')}>
      <header className={classes.header}>
        <h2 className={classes.heading}>{t('SIP ladder')}</h2>
        {rungs.length > 0 && (
          <>
            <span className={classes.count}>{t('{{count}} messages', { count: rungs.length })}</span>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconDownload size={15} aria-hidden />}
              onClick={() => downloadText(`${callId}.sip.txt`, asText(rungs), 'text/plain')}
            >
              {t('Download as text')}
            </Button>
          </>
        )}
      </header>
      {error && <Problem error={error} title={t('The SIP messages could not be read')} />}
      {!error && rungs.length === 0 && <p className={classes.none}>{t('No SIP message of this call was kept.')}</p>}
      {rungs.length > 0 && (
        <div className={classes.body}>
          <div className={classes.scroll} style={{ ['--columns' as string]: ends.length + 1 }}>
            <div className={classes.heads}>
              {ends.map(({ key, leg, remote }) => (
                <span key={key} className={classes.head} style={{ left: percent(columns.of.get(key) ?? 0) }}>
                  <b>{leg}</b>
                  <span>{remote}</span>
                </span>
              ))}
              <span className={classes.head} data-us style={{ left: percent(columns.us) }}>
                <b>Callwright</b>
              </span>
            </div>
            <div
              ref={list}
              className={classes.rungs}
              role="listbox"
              tabIndex={0}
              aria-label={t('SIP messages')}
              aria-activedescendant={chosen === null ? undefined : `rung-${chosen}`}
              onKeyDown={step}
            >
              <div className={classes.lifelines} aria-hidden>
                {[columns.us, ...columns.of.values()].map((place) => (
                  <span key={place} style={{ left: percent(place) }} />
                ))}
              </div>
              {rungs.map((rung) => (
                <RungRow
                  key={rung.index}
                  rung={rung}
                  began={began}
                  far={columns.of.get(rung.end) ?? 0}
                  us={columns.us}
                  chosen={rung.index === chosen}
                  ahead={rung.index > current}
                  onChoose={onChoose}
                />
              ))}
            </div>
          </div>
          <div className={classes.reader}>
            {message ? (
              <MessageText message={message} />
            ) : (
              <p className={classes.none}>{t('Choose a message to read it, word for word.')}</p>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

interface RungRowProps {
  readonly rung: Rung;
  readonly began: number;
  readonly far: number;
  readonly us: number;
  readonly chosen: boolean;
  /** It comes after the moment that is looked at. */
  readonly ahead: boolean;
  readonly onChoose: (rung: Rung) => void;
}

function RungRow({ rung, began, far, us, chosen, ahead, onChoose }: RungRowProps) {
  const { t } = useTranslation();
  const [left, right] = far < us ? [far, us] : [us, far];
  const toRight = (rung.direction === 'in') === far < us;
  const offset = (rung.at - began) / 1000;
  return (
    <div
      id={`rung-${rung.index}`}
      role="option"
      aria-selected={chosen}
      className={classes.rung}
      data-tone={rung.tone}
      data-ahead={ahead || undefined}
      onClick={() => onChoose(rung)}
    >
      <span className={classes.time}>
        {offset < 0 ? '−' : ''}
        {Math.abs(offset).toFixed(3)}
        {rung.sinceLast !== null && <small>{sinceText(rung.sinceLast)}</small>}
      </span>
      <span className={classes.track}>
        <span
          className={classes.arrow}
          data-right={toRight || undefined}
          style={{ left: percent(left), width: percent(right - left) }}
        >
          <span className={classes.label}>
            <b>{rung.title}</b>
            {rung.answers !== null && <span>{rung.answers}</span>}
            {rung.again && (
              <Badge size="xs" variant="light" tt="none" color="orange">
                {t('again')}
              </Badge>
            )}
          </span>
          {rung.media !== null && (
            <span className={classes.media} title={rung.media}>
              {rung.media}
            </span>
          )}
        </span>
      </span>
    </div>
  );
}

const sinceText = (ms: number): string => (ms < 1000 ? `+${ms} ms` : `+${(ms / 1000).toFixed(1)} s`);

const asText = (rungs: readonly Rung[]): string =>
  rungs
    .map(({ message: { at, direction, transport, remote, leg, text } }) => {
      const way = direction === 'in' ? `${remote} -> callwright` : `callwright -> ${remote}`;
      return `${at} ${transport.toUpperCase()} ${way} (${leg})\r\n${text}\r\n`;
    })
    .join('\r\n');
