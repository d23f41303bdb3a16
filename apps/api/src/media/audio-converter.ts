import { readFile, stat, writeFile } from 'node:fs/promises';
import { inspectWav, readWav, writeWav } from '@callwright/media';
import { apiError } from '../errors.js';
import { NOT_INSTALLED, QUIET_FFMPEG, runLimited } from '../platform/run-limited.js';

const LIMITS = { seconds: 60, memoryKb: 1_500_000 } as const;
const LONGEST_S = 4 * 3600;
/** A WAV that we read ourselves is in memory several times over. */
const LARGEST_OWN = 64 * 1024 * 1024;

/** Formats that hold their sound in themselves: a playlist could name files of this machine. */
const FORMATS = [
  'wav',
  'w64',
  'mp3',
  'ogg',
  'flac',
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'aac',
  'aiff',
  'amr',
  'au',
  'asf',
  'caf',
  'gsm',
];

export interface Converted {
  readonly durationMs: number;
  readonly bytes: number;
}

/**
 * Turns an uploaded file into what calls play: WAV, 8,000 Hz, mono, 16 bits. What the file is, its content says and not its name.
 * ffmpeg does it in a process of its own, with limits on time, memory and length; without ffmpeg WAV files are read by ourselves.
 */
export async function convertAudio(source: string, target: string): Promise<Converted> {
  const done = await runFfmpeg(source, target);
  if (done === 'missing') await convertWav(source, target);
  const [head, { size }] = await Promise.all([readFile(target), stat(target)]);
  return { durationMs: Math.round(inspectWav(head).durationMs), bytes: size };
}

async function convertWav(source: string, target: string): Promise<void> {
  if ((await stat(source)).size > LARGEST_OWN) throw apiError('media.too-large');
  const bytes = await readFile(source);
  let pcm: Int16Array;
  try {
    pcm = readWav(bytes);
  } catch (error) {
    throw apiError(
      'media.unknown-format',
      {},
      'Only WAV files can be read here, because ffmpeg is not installed.',
      error,
    );
  }
  await writeFile(target, writeWav(pcm));
}

async function runFfmpeg(source: string, target: string): Promise<'done' | 'missing'> {
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS.join(','), '-i', `file:${source}`];
  const sound = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-t', String(LONGEST_S), '-ac', '1', '-ar', '8000'];
  const output = [
    '-c:a',
    'pcm_s16le',
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-f',
    'wav',
    '-y',
    `file:${target}`,
  ];
  const { code } = await runLimited('ffmpeg', [...QUIET_FFMPEG, ...input, ...sound, ...output], LIMITS);
  if (code === NOT_INSTALLED) return 'missing';
  if (code !== 0) throw apiError('media.unknown-format');
  return 'done';
}
