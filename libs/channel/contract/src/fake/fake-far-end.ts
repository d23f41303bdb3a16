import type { Clock } from '@callwright/kernel';
import type { FaxTone } from '../fax/fax.js';
import type { CallCause, DigitMethod, Headers } from '../words.js';
import type { FakeFaxMachine } from './operations/fax.js';
import type { HeardSound, Sound } from './sound.js';

/** What a far end asks of the leg that it is the other side of. */
export interface FarEndLeg {
  pressed(digit: string, method: DigitMethod, durationMs: number): void;
  voiceChanged(): void;
  farEndHangsUp(): void;
  farEndAnswers(): void;
  farEndHolds(onHold: boolean): void;
  messageCame(contentType: string, text: string): void;
  faxToneCame(tone: FaxTone): void;
}

/** One thing a scripted far end does, `atMs` after the script began. */
export type FarEndStep = { readonly atMs: number } & (
  | { readonly press: string }
  | { readonly talkMs: number; readonly saying?: string }
  | { readonly message: string }
  | { readonly hold: boolean }
  | { readonly faxTone: FaxTone }
  | { readonly hangUp: true }
);

/** The person, or the machine, at the other end of a leg: it does what a test says and remembers what it heard. */
export class FakeFarEnd {
  readonly #clock: Clock;
  readonly #leg: FarEndLeg;
  #heard: { sound: Sound; from: number; to: number | null }[] = [];
  #voice: Sound | null = null;
  #stopVoice = () => {};
  /** Digits that were sent to it. */
  digitsHeard = '';
  /** Text messages that were sent to it. */
  readonly messages: string[] = [];
  /** Whether it refuses text messages. */
  refusesMessages = false;
  /** So long it says nothing to a text message, which then was not taken: a network that lost it. */
  silentToMessagesMs = 0;
  /** Whether it does not let itself be put on hold or taken back. */
  refusesHold = false;
  /** The fax machine that it is; null: a person. */
  faxMachine: FakeFaxMachine | null = null;
  /** Headers of the answer that it got. */
  answerHeaders: Headers = {};
  /** Headers of the call that it got. */
  requestHeaders: Headers = {};
  /** Why its leg ended, as it was told; null while the leg lives. */
  cause: CallCause | null = null;

  constructor(clock: Clock, leg: FarEndLeg) {
    this.#clock = clock;
    this.#leg = leg;
  }

  /** Presses keys, one right after the other. */
  press(digits: string, { durationMs = 100, method = 'rfc4733' as DigitMethod } = {}): void {
    for (const digit of digits) this.#leg.pressed(digit, method, durationMs);
  }

  /** Talks for so long; a new voice replaces the one before. */
  talk(durationMs: number, { saying = '', frequency = null as number | null } = {}): void {
    this.#setVoice({ kind: 'voice', text: saying, frequency });
    if (durationMs !== Infinity) {
      this.#stopVoice = this.#clock.at(this.#clock.now() + durationMs, () => this.#setVoice(null));
    }
  }

  /** Answers, where it is the one that was called. */
  answer(): void {
    this.#leg.farEndAnswers();
  }

  /** Hangs up; before the answer a caller gives up, and who was called declines. */
  hangUp(): void {
    this.#setVoice(null);
    this.#leg.farEndHangsUp();
  }

  /** Puts us on hold, or takes us back. */
  hold(onHold = true): void {
    this.#leg.farEndHolds(onHold);
  }

  /** Sounds as a fax machine does, or asks for T.38. */
  soundFax(tone: FaxTone): void {
    this.#leg.faxToneCame(tone);
  }

  sendMessage(text: string, contentType = 'text/plain'): void {
    this.#leg.messageCame(contentType, text);
  }

  /** Does all that, each at its time. */
  follow(script: readonly FarEndStep[]): void {
    const began = this.#clock.now();
    for (const step of script) this.#clock.at(began + step.atMs, () => this.#do(step));
  }

  get voice(): Sound | null {
    return this.#voice;
  }

  /** Everything that it heard, in the order in which it began. */
  get heard(): readonly HeardSound[] {
    return this.#heard;
  }

  /** What it heard as text, for people: spoken words, `[media]`, `(tone)`. */
  get transcript(): string {
    return this.#heard.map(({ sound }) => sound.text).join(' ');
  }

  /** What can be heard from now on; what sounded before and is not in here has ended. */
  hear(sounds: readonly Sound[]): void {
    const now = this.#clock.now();
    for (const entry of this.#heard) if (entry.to === null && !sounds.includes(entry.sound)) entry.to = now;
    for (const sound of sounds) {
      if (!this.#heard.some((entry) => entry.to === null && entry.sound === sound)) {
        this.#heard.push({ sound, from: now, to: null });
      }
    }
  }

  #setVoice(voice: Sound | null): void {
    this.#stopVoice();
    this.#stopVoice = () => {};
    if (this.#voice === voice) return;
    this.#voice = voice;
    this.#leg.voiceChanged();
  }

  #do(step: FarEndStep): void {
    if ('press' in step) this.press(step.press);
    else if ('talkMs' in step) this.talk(step.talkMs, step.saying === undefined ? {} : { saying: step.saying });
    else if ('message' in step) this.sendMessage(step.message);
    else if ('faxTone' in step) this.soundFax(step.faxTone);
    else if ('hold' in step) this.hold(step.hold);
    else this.hangUp();
  }
}
