import type { SpeechEngine, SpeechVoice, SynthesisRequest } from '../engines/engine.js';
import { engineFailed } from '../errors.js';
import { tone } from './signals.js';

/** Speaks a tone of 10 ms a character, when it is told to. */
export class FakeEngine implements SpeechEngine {
  readonly name: string;
  readonly concurrency: number;
  readonly voices: readonly SpeechVoice[];
  readonly asked: SynthesisRequest[] = [];
  readonly aborted: string[] = [];
  broken = false;
  /** Requests wait for `release` while it is true. */
  held = false;
  running = 0;
  mostRunning = 0;
  #waiting: (() => void)[] = [];

  constructor(name: string, voices: readonly SpeechVoice[], concurrency = 1) {
    this.name = name;
    this.voices = voices;
    this.concurrency = concurrency;
  }

  get languages(): readonly string[] {
    return this.voices.map((voice) => voice.language);
  }

  voiceFor(language: string): string | undefined {
    return this.voices.find((voice) => language.startsWith(voice.language))?.name;
  }

  async synthesise(request: SynthesisRequest, signal: AbortSignal): Promise<Int16Array> {
    this.asked.push(request);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      if (this.held) {
        await new Promise<void>((resolve, reject) => {
          this.#waiting.push(resolve);
          signal.addEventListener('abort', () => {
            this.aborted.push(request.text);
            reject(signal.reason as Error);
          });
        });
      }
      if (this.broken) throw engineFailed(this.name, 'out of order');
      return tone(400, 10 * request.text.length, 5000);
    } finally {
      this.running -= 1;
    }
  }

  /** Lets the requests go on that wait now. */
  release(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
