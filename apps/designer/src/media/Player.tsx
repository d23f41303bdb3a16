import { ActionIcon } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Media } from '../api/types.js';
import { formatDuration } from '../app/format.js';
import { notify } from '../ui/notify.js';
import { BARS, peaksOf } from './peaks.js';
import classes from './MediaPage.module.css';

/** A longer recording is played, but not fetched whole for the sake of a picture. */
const PICTURED_BYTES = 6_000_000;
const RATE = 8000;
const FLAT: readonly number[] = Array.from({ length: BARS }, () => 0);

/** Only one is heard at a time. */
let playing: HTMLAudioElement | null = null;

const contentOf = ({ name }: Media) => `/api/media/${encodeURIComponent(name)}/content`;

/** Plays a recording, with a picture of it that shows where it is and takes one elsewhere. */
export function Player({ item }: { item: Media }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const { ref, entry } = useIntersection<HTMLDivElement>();
  const [on, setOn] = useState(false);
  const [at, setAt] = useState(0);
  const peaks = useQuery({
    // Not under `media`: what a list asks again changes no recording.
    queryKey: ['peaks', item.id, item.updatedAt],
    queryFn: async ({ signal }) => {
      const reply = await fetch(contentOf(item), { signal });
      if (!reply.ok) throw new Error(`The recording could not be fetched: ${reply.status}`);
      const decoded = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await reply.arrayBuffer());
      return peaksOf(decoded.getChannelData(0));
    },
    enabled: entry?.isIntersecting === true && item.bytes <= PICTURED_BYTES,
    staleTime: Infinity,
    retry: false,
  });
  const seconds = item.durationMs / 1000;
  const toggle = () => {
    const element = audio.current!;
    if (on) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.play().catch((error: unknown) => notify.failed(t('{{name}} cannot be played', { name: item.name }), error));
  };
  return (
    <div ref={ref} className={classes.player}>
      <audio
        ref={audio}
        preload="none"
        src={contentOf(item)}
        onPlay={() => setOn(true)}
        onPause={() => setOn(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
      />
      <ActionIcon
        variant="light"
        color="exchange"
        radius="xl"
        size="lg"
        onClick={toggle}
        aria-label={on ? t('Pause {{name}}', { name: item.name }) : t('Play {{name}}', { name: item.name })}
      >
        {on ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </ActionIcon>
      <div className={classes.wave}>
        <Wave peaks={peaks.data ?? FLAT} played={seconds === 0 ? 0 : at / seconds} />
        <input
          type="range"
          min={0}
          max={seconds}
          step={0.1}
          value={Math.min(at, seconds)}
          aria-label={t('Position in {{name}}', { name: item.name })}
          aria-valuetext={formatDuration(at * 1000)}
          onChange={(event) => {
            audio.current!.currentTime = Number(event.currentTarget.value);
            setAt(Number(event.currentTarget.value));
          }}
        />
      </div>
    </div>
  );
}

function Wave({ peaks, played }: { peaks: readonly number[]; played: number }) {
  return (
    <svg viewBox={`0 0 ${peaks.length * 3} 32`} preserveAspectRatio="none" aria-hidden>
      {peaks.map((peak, bar) => {
        const height = Math.max(1.5, 30 * peak);
        return (
          <rect
            key={bar}
            x={bar * 3}
            y={16 - height / 2}
            width={2}
            height={height}
            data-played={bar / peaks.length < played || undefined}
          />
        );
      })}
    </svg>
  );
}
