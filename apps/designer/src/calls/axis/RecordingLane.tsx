import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getBytes } from '../../api/client.js';
import { peaksOf } from './waveform.js';
import classes from './CallAxis.module.css';

const COLUMNS = 400;

export interface RecordingLaneProps {
  readonly source: string;
  readonly name: string;
  /** When it began, ms since the epoch. */
  readonly from: number;
  /** Where it lies on the axis. */
  readonly left: string;
  readonly width: string;
  readonly onMoment: (at: number) => void;
  readonly children: ReactNode;
}

/** A recording as a waveform on the axis of its call. Playing it takes the moment along; a click on it plays from there. */
export function RecordingLane({ source, name, from, left, width, onMoment, children }: RecordingLaneProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const file = useQuery({
    queryKey: ['recording', source],
    queryFn: ({ signal }) => getBytes(source, signal),
    staleTime: Infinity,
  });
  const path = useMemo(() => (file.data ? outlineOf(peaksOf(file.data, COLUMNS)) : null), [file.data]);
  const toggle = () => (playing ? audio.current?.pause() : void audio.current?.play());
  const seek = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const element = audio.current;
    if (!element || !Number.isFinite(element.duration)) return;
    element.currentTime = ((event.clientX - box.left) / box.width) * element.duration;
    onMoment(from + element.currentTime * 1000);
  };
  const verb = playing ? t('Pause {{name}}', { name }) : t('Play {{name}}', { name });
  return (
    <>
      <span className={classes.name}>
        <Tooltip label={verb}>
          <ActionIcon size="sm" onClick={toggle} aria-label={verb}>
            {playing ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />}
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('Download {{name}}', { name })}>
          <ActionIcon
            size="sm"
            component="a"
            href={source}
            download={`${name}.wav`}
            aria-label={t('Download {{name}}', { name })}
          >
            <IconDownload size={15} />
          </ActionIcon>
        </Tooltip>
        {name}
      </span>
      <div className={classes.lane} data-recording>
        <span className={classes.recording} style={{ left, width }} onClick={seek} data-testid={`waveform-${name}`}>
          {path !== null && (
            <svg viewBox={`0 -1 ${COLUMNS} 2`} preserveAspectRatio="none" aria-hidden>
              <path d={path} />
            </svg>
          )}
          {file.error && t('The sound could not be read.')}
        </span>
        {children}
      </div>
      <audio
        ref={audio}
        src={source}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => !currentTarget.paused && onMoment(from + currentTarget.currentTime * 1000)}
      />
    </>
  );
}

/** The loudness as a closed outline around its middle; a silent stretch stays a line. */
function outlineOf(peaks: Float32Array | null): string | null {
  if (peaks === null) return null;
  const points = [...peaks].map((peak, column) => [column, Math.max(0.02, Math.min(1, peak * 1.4))] as const);
  const upper = points.map(([x, y]) => `${x},${-y}`);
  const lower = points.toReversed().map(([x, y]) => `${x},${y}`);
  return `M${[...upper, ...lower].join(' L')} Z`;
}
