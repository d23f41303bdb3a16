import { ActionIcon, Slider, Tooltip } from '@mantine/core';
import {
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoggedEvent } from '../api/types.js';
import { describeEvent } from './describeEvent.js';
import { indexAt, stepFrom } from './moments.js';
import classes from './Scrubber.module.css';

export interface ScrubberProps {
  readonly events: readonly LoggedEvent[];
  /** Which event has just happened. */
  readonly index: number;
  readonly onIndex: (index: number) => void;
}

/** Goes through a call step by step, forwards and back, or to any moment of it. */
export function Scrubber({ events, index, onIndex }: ScrubberProps) {
  const { t } = useTranslation();
  const [first, last] = [events[0], events.at(-1)];
  const now = events[index];
  if (!first || !last || !now) return null;
  const began = Date.parse(first.at);
  const length = Math.max(1, Date.parse(last.at) - began);
  const at = Date.parse(now.at) - began;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const step = (direction: 1 | -1) => onIndex(stepFrom(events, index, direction));
  // The slider's own arrow keys go a millisecond, which is nowhere.
  const key = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (direction === null) return;
    event.preventDefault();
    event.stopPropagation();
    step(direction);
  };
  const buttons = [
    { label: t('To the beginning'), icon: IconPlayerSkipBack, go: () => onIndex(0), off: index === 0 },
    { label: t('One step back'), icon: IconPlayerTrackPrev, go: () => step(-1), off: index === 0 },
    { label: t('One step forward'), icon: IconPlayerTrackNext, go: () => step(1), off: now === last },
    {
      label: t('To the end'),
      icon: IconPlayerSkipForward,
      go: () => onIndex(events.length - 1),
      off: now === last,
    },
  ];
  const { title, detail } = describeEvent(now);
  return (
    <div className={classes.scrubber} role="group" aria-label={t('Moment of the call')}>
      <div className={classes.buttons}>
        {buttons.map(({ label, icon: Icon, go, off }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon aria-label={label} onClick={go} aria-disabled={off} data-disabled={off || undefined}>
              <Icon size={17} />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
      <div className={classes.slider} onKeyDownCapture={key}>
        <Slider
          min={0}
          max={length}
          value={at}
          onChange={(value) => onIndex(indexAt(events, began + value))}
          label={(value) => seconds(value)}
          thumbLabel={t('Moment of the call')}
          size="sm"
        />
      </div>
      <div className={classes.now} role="status" data-testid="moment">
        <b className="tabular">{seconds(at)}</b> {title}
        {detail !== null && <span className={classes.detail}> {detail}</span>}
      </div>
    </div>
  );
}
