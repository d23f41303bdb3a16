import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerTrackNext } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTryIt, useTryOut } from './useTryIt.js';
import type { Pace } from './tryOut.js';
import classes from './Phone.module.css';

/** Time in the hand of who tries: stop, step, go on, skip to what comes next, and how fast. */
export function RunControls() {
  const { t } = useTranslation();
  const { tryOut } = useTryIt();
  const stoppedAt = useTryOut((state) => state.stoppedAt);
  const pace = useTryOut((state) => state.pace);
  const now = useTryOut((state) => state.now);
  const next = useTryOut((state) => state.next);
  const waiting = useTryOut((state) => state.waiting);
  const seconds = next === null ? null : Math.max(0, (next - now) / 1000);
  return (
    <div className={classes.controls}>
      {stoppedAt === null ? (
        <>
          <Tooltip label={t('Stop at the next node')}>
            <Button size="compact-sm" variant="default" px={8} onClick={() => tryOut.pause()} aria-label={t('Pause')}>
              <IconPlayerPause size={15} />
            </Button>
          </Tooltip>
          <Tooltip label={t('Let time pass until something happens')}>
            <Button
              size="compact-sm"
              variant={waiting && pace === 'quick' ? 'light' : 'default'}
              leftSection={<IconPlayerTrackNext size={15} />}
              disabled={next === null}
              onClick={() => tryOut.skip()}
            >
              {seconds !== null && waiting && seconds >= 0.1
                ? t('Skip {{seconds}} s', { seconds: seconds.toFixed(1) })
                : t('Skip')}
            </Button>
          </Tooltip>
        </>
      ) : (
        <>
          <Button
            size="compact-sm"
            leftSection={<IconPlayerPlay size={15} />}
            onClick={() => tryOut.goOn()}
            data-testid="try-continue"
          >
            {t('Continue')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerSkipForward size={15} />}
            onClick={() => tryOut.step()}
          >
            {t('Step')}
          </Button>
          <span className={classes.stopped} role="status">
            {t('Stopped at {{node}}', { node: stoppedAt })}
          </span>
        </>
      )}
      <span className={classes.space} />
      <SegmentedControl
        size="xs"
        value={pace}
        onChange={(value) => tryOut.setPace(value as Pace)}
        data={[
          { value: 'quick', label: t('Quick') },
          { value: 'real', label: t('Real time') },
        ]}
        aria-label={t('How time passes')}
      />
    </div>
  );
}
