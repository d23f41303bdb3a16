import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { Config } from '../platform/config/config.js';
import { CLOCK, CONFIG } from '../platform/tokens.js';

/** What this process carries now. */
export interface Load {
  readonly loopLagMs: number;
  readonly memoryMb: number;
}

const SAMPLE_MS = 1000;
const LAG_PERCENTILE = 90;

/** Decides whether one more call can be taken (reliability F2). Everything is in memory: no INVITE waits for it. */
@Injectable()
export class Admission implements OnModuleInit, OnApplicationShutdown {
  readonly #lag: IntervalHistogram = monitorEventLoopDelay({ resolution: 10 });
  #sampler: NodeJS.Timeout | undefined;
  #load: Load = { loopLagMs: 0, memoryMb: 0 };
  /** Times of the calls of the last second. */
  #recent: number[] = [];
  #lastLagMs = 0;
  #draining = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.#lag.enable();
    this.#sampler = setInterval(() => {
      const loopLagMs = this.#lag.percentile(LAG_PERCENTILE) / 1e6;
      // One stall (a start, a collection) is not overload; late in two seconds running is.
      this.observe({
        loopLagMs: Math.min(loopLagMs, this.#lastLagMs),
        memoryMb: process.memoryUsage.rss() / 1024 / 1024,
      });
      this.#lastLagMs = loopLagMs;
      this.#lag.reset();
    }, SAMPLE_MS);
    this.#sampler.unref();
  }

  onApplicationShutdown(): void {
    this.#lag.disable();
    clearInterval(this.#sampler);
  }

  observe(load: Load): void {
    this.#load = load;
  }

  get load(): Load {
    return this.#load;
  }

  /** Whether this process is about to end. */
  get isDraining(): boolean {
    return this.#draining;
  }

  /** No new calls from here on. */
  drain(): void {
    this.#draining = true;
  }

  /** Why no more calls are taken, in words; empty: they are. */
  reasons(running: number): string[] {
    const { MAX_CALLS, MAX_CALLS_PER_SECOND, MAX_LOOP_LAG_MS, MAX_MEMORY_MB } = this.config;
    const { loopLagMs, memoryMb } = this.#load;
    return [
      ...(this.#draining ? ['stopping'] : []),
      ...(running >= MAX_CALLS ? [`${running} calls run, ${MAX_CALLS} are allowed`] : []),
      ...(this.#inLastSecond() >= MAX_CALLS_PER_SECOND ? [`${MAX_CALLS_PER_SECOND} calls came within a second`] : []),
      ...(loopLagMs > MAX_LOOP_LAG_MS ? [`the event loop is ${Math.round(loopLagMs)} ms late`] : []),
      ...(memoryMb > MAX_MEMORY_MB ? [`${Math.round(memoryMb)} MiB are in use`] : []),
    ];
  }

  /** Takes one more call, or says how long to stay away. */
  take(running: number): { readonly admitted: true } | { readonly admitted: false; readonly retryAfterS: number } {
    if (this.reasons(running).length > 0) return { admitted: false, retryAfterS: 2 + Math.floor(Math.random() * 9) };
    this.#recent.push(this.clock.now());
    return { admitted: true };
  }

  #inLastSecond(): number {
    const since = this.clock.now() - 1000;
    const first = this.#recent.findIndex((at) => at > since);
    this.#recent = first < 0 ? [] : this.#recent.slice(first);
    return this.#recent.length;
  }
}
