import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { Logger } from './logger.js';
import type { MediaEngine } from './media/port.js';

export interface AdmissionLimits {
  /** Event loop delay (mean over the last second), in ms, above which nothing new is taken. */
  readonly loopDelayMs: number;
  /** Lateness of the media workers (p99), in ms. */
  readonly mediaLateMs: number;
  /** Resident memory, in bytes. */
  readonly memoryBytes: number;
}

export const ADMISSION_LIMITS: AdmissionLimits = { loopDelayMs: 250, mediaLateMs: 120, memoryBytes: 3 * 1024 ** 3 };

const LOOP_RESOLUTION_MS = 20;
const LOOK_EVERY_MS = 500;
/** A moment of another process's work is no overload: so many looks in a row are. */
const LOOKS = 4;
/** A call takes a port for each leg; the second one must be there when a scenario dials. */
const PORTS_KEPT = 2;

/** Whether the engine itself can take another call (reliability F2): ports, the event loop, the media workers, memory. The host judges by calls and rates. */
export class Admission {
  readonly #media: MediaEngine;
  readonly #limits: AdmissionLimits;
  #delay: IntervalHistogram | null = null;
  /** What the histogram held at the last look. */
  #before = { count: 0, sumMs: 0 };
  #timer: NodeJS.Timeout | null = null;
  #started = false;
  #draining = false;
  readonly #logger: Logger;
  #busy: string | null = null;
  #busyLooks = 0;

  constructor(media: MediaEngine, logger: Logger, limits: AdmissionLimits = ADMISSION_LIMITS) {
    this.#media = media;
    this.#logger = logger;
    this.#limits = limits;
  }

  start(): void {
    this.#started = true;
    this.#delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
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
    const reason = this.#overload();
    this.#busyLooks = reason === null ? 0 : this.#busyLooks + 1;
    const busy = this.#busyLooks >= LOOKS ? reason : null;
    if (busy !== this.#busy) {
      if (busy !== null) this.#logger.warn('New calls are refused for now.', { reason: busy });
      else this.#logger.info('New calls are taken again.');
    }
    this.#busy = busy;
  }

  #overload(): string | null {
    if (this.#loopDelayMs() > this.#limits.loopDelayMs) return 'the process is busy';
    if (this.#media.load.tickLateP99Ms > this.#limits.mediaLateMs) return 'the media workers are busy';
    return process.memoryUsage.rss() > this.#limits.memoryBytes ? 'memory is short' : null;
  }

  /** Mean since the last look. The histogram is never reset: it leaves out the sample after that, which is the only one where the loop hardly turns. */
  #loopDelayMs(): number {
    const { count = 0, mean = 0 } = this.#delay ?? {};
    const sumMs = count === 0 ? 0 : (count * mean) / 1e6;
    const turns = count - this.#before.count;
    const meanMs = turns === 0 ? LOOK_EVERY_MS : (sumMs - this.#before.sumMs) / turns;
    this.#before = { count, sumMs };
    return meanMs - LOOP_RESOLUTION_MS;
  }
}
