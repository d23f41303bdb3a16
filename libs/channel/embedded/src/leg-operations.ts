import type {
  DigitInbox,
  LegName,
  Prompt,
  PromptAudio,
  RecordingStore,
  ChannelEvent,
} from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { Logger } from './logger.js';
import type { ConferenceRooms } from './conference.js';
import type { LegMedia } from './leg-media.js';
import { Task, type TaskOptions } from './task.js';

export interface Voice {
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
}

/** Something that a leg's end ends too. */
export interface UnderWay<T> {
  readonly result: Promise<T>;
  expectEnd(): void;
  /** How long its result is waited for; short when it does not say. */
  readonly settleMs?: number;
}

/** What the operations of a leg (play, record, digits, conference) need of it. */
export interface LegCore {
  readonly name: LegName;
  readonly callId: string;
  readonly workspaceId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly digits: DigitInbox;
  readonly recordings: RecordingStore;
  readonly rooms: ConferenceRooms;
  /** Only for a leg that has audio. */
  readonly media: LegMedia;
  readonly ended: boolean;
  tell(event: ChannelEvent): void;
  /** The audio of every part; rejects with `media.not-found`, `speech.unavailable`. */
  audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]>;
  /** Keeps an eye on something under way: at the end of the leg it is expected to end, and its end is waited for. */
  watch<T>(under: UnderWay<T>): void;
  /** Keys that came otherwise than in the media (INFO) must stop what media would have stopped. */
  onForeignDigit(listener: () => void): () => void;
}

export function startTask<T>(leg: LegCore, options: TaskOptions<T>): Task<T> {
  const task = new Task(leg.clock, leg.media, options);
  leg.watch(task);
  return task;
}

/** Tones that go on for ever, for one period: what is said once has an end. */
export const withAnEnd = (audio: readonly PromptAudio[]): readonly PromptAudio[] =>
  audio.map((part) => (part.endless ? { key: `${part.key} once`, pcm: part.pcm } : part));

export const samplesOf = (audio: readonly PromptAudio[]): number => audio.reduce((sum, { pcm }) => sum + pcm.length, 0);
