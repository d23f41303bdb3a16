import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { MediaEngine } from './media/port.js';

export interface AdmissionLimits {
  /** Event loop delay (mean over the last second), in ms, above which nothing new is taken. */
  readonly loopDelayMs: number;
  /** Lateness of the media workers (p99), in ms. */
  readonly mediaLateMs: number;
  /** Resident memory, in bytes. */
  readonly memoryBytes: number;
}

export const ADMISSION_LIMITS: AdmissionLimits = { loopDelayMs: 250, mediaLateMs: 40, memoryBytes: 3 * 1024 ** 3 };

const LOOK_EVERY_MS = 500;
/** A call takes a port for each leg; the second one must be there when a scenario dials. */
const PORTS_KEPT = 2;

/** Whether the engine itself can take another call (reliability F2): ports, the event loop, the media workers, memory. The host judges by calls and rates. */
export class Admission {
  readonly #media: MediaEngine;
  readonly #limits: AdmissionLimits;
  #delay: IntervalHistogram | null = null;
  #timer: NodeJS.Timeout | null = null;
  #started = false;
  #draining = false;
  #busy: string | null = null;

  constructor(media: MediaEngine, limits: AdmissionLimits = ADMISSION_LIMITS) {
    this.#media = media;
    this.#limits = limits;
  }

  start(): void {
    this.#started = true;
    this.#delay = monitorEventLoopDelay({ resolution: 20 });
    this.#delay.enable();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#started = false;
    this.#delay?.disable();
    if (this.#timer) clearInterval(this.#timer);
  }

  drain(): void {
    this.#draining = true;
  }

  /** Why nothing new is taken, in words for an operator; empty when it is. */
  get reasons(): readonly string[] {
    if (!this.#started) return ['the telephony has not started'];
    if (this.#draining) return ['calls are being drained'];
    if (this.#media.load.freePorts < PORTS_KEPT) return ['no RTP ports are free'];
    return this.#busy === null ? [] : [this.#busy];
  }

  /** Null: welcome. Otherwise the seconds after which to come back, with jitter, so that not everybody comes back at once. */
  refusesFor(): number | null {
    return this.reasons.length === 0 ? null : 5 + Math.floor(Math.random() * 11);
  }

  #look(): void {
    const delayMs = (this.#delay?.mean ?? 0) / 1e6 - 20;
    this.#delay?.reset();
    if (delayMs > this.#limits.loopDelayMs) this.#busy = 'the process is busy';
    else if (this.#media.load.tickLateP99Ms > this.#limits.mediaLateMs) this.#busy = 'the media workers are busy';
    else if (process.memoryUsage.rss() > this.#limits.memoryBytes) this.#busy = 'memory is short';
    else this.#busy = null;
  }
}
