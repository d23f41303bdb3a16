import type { PromptAudio } from '@callwright/channel-contract';

/** Sound that FreeSWITCH plays from one file, so often, before the next round. */
export interface Round {
  /** Equal keys: equal sound. */
  readonly key: string;
  readonly parts: readonly Int16Array[];
  readonly times: number;
}

const SAMPLES_PER_MS = 8;
/** A file is repeated until it is so long: from one file to the next there is a gap of a frame or so. */
const LONG_ENOUGH_MS = 60_000;

/**
 * What is to be played, `loop` times (0: for ever), as few rounds of long files: within a file nothing has a gap. A tone that goes on for
 * ever is the last thing that is heard of a prompt that does.
 */
export function roundsOf(audio: readonly PromptAudio[], loop: number): readonly Round[] {
  const endless = loop === 0 ? audio.findIndex((part) => part.endless) : -1;
  if (endless >= 0) {
    const tone = repeated([audio[endless]!]);
    const before = audio.slice(0, endless);
    if (before.length === 0) return [round(tone, Infinity)];
    return [round([...before, ...tone], 1), round(tone, Infinity)];
  }
  if (loop === 0) return [round(repeated(audio), Infinity)];
  const copies = Math.min(loop, copiesOf(audio));
  const rest = loop % copies;
  return [
    round(copied(audio, copies), Math.floor(loop / copies)),
    ...(rest === 0 ? [] : [round(copied(audio, rest), 1)]),
  ];
}

export const durationMs = (parts: readonly Int16Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0) / SAMPLES_PER_MS;

export function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const round = (audio: readonly PromptAudio[], times: number): Round => ({
  key: audio.map(({ key }) => key).join('\n'),
  parts: audio.map(({ pcm }) => pcm),
  times,
});

const copiesOf = (audio: readonly PromptAudio[]): number =>
  Math.max(1, Math.ceil(LONG_ENOUGH_MS / Math.max(1, durationMs(audio.map(({ pcm }) => pcm)))));

const copied = (audio: readonly PromptAudio[], copies: number): readonly PromptAudio[] =>
  Array.from({ length: copies }, () => audio).flat();

const repeated = (audio: readonly PromptAudio[]): readonly PromptAudio[] => copied(audio, copiesOf(audio));
