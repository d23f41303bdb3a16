import { availableParallelism } from 'node:os';
import { detectFaxLibrary } from '@callwright/fax-terminal';
import { messageOf } from '@callwright/kernel';
import { Conferences } from './conferences.js';
import { FaxDesk } from './fax/fax-desk.js';
import { engineStopped, noPorts } from '../errors.js';
import type { MediaEngine, MediaLoad, MediaSession, OpenOptions } from './port.js';
import { PortPool } from './port-pool.js';
import { PromptCache } from './prompt-cache.js';
import type { SendPolicyOptions } from './send-policy.js';
import { NOT_LENT, SessionHandle } from './session-handle.js';
import { PortTaken } from './transport/transport.js';
import { workerEntry } from './worker-entry.js';
import type { InBandKind } from './worker/in-band.js';
import type { WorkerOptions } from './worker/protocol.js';
import { WorkerThread } from './worker-thread.js';

export interface MediaLogger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface MediaEngineOptions {
  readonly rtpPortMin: number;
  readonly rtpPortMax: number;
  /** Threads; by default one a core. */
  readonly workers?: number;
  /** Where media may be sent beyond the usual (reliability C2), and where our own SIP listens. */
  readonly sendAllowed?: SendPolicyOptions;
  /** After so long without a packet `media-silent` is told for the last time. */
  readonly mediaTimeoutMs?: number;
  /** `own` (the default) meets reliability C4; see worker/in-band.ts. */
  readonly inBandDetector?: InBandKind;
  /** `auto` (the default) is raw file descriptors where the platform has them. */
  readonly transport?: WorkerOptions['transport'];
  /** Another program for the threads than ours. */
  readonly workerEntry?: URL;
  /** Of encoded prompts that are kept. */
  readonly promptCacheBytes?: number;
  readonly logger?: MediaLogger;
}

const PROMPT_CACHE_BYTES = 128 * 1024 * 1024;
const RESTART_AFTER_MS = 1000;

const silentLogger: MediaLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function createMediaEngine(options: MediaEngineOptions): MediaEngine {
  return new ThreadedMediaEngine(options);
}

/** Where the sessions of one call live, and how many there are. */
interface CallPlace {
  readonly worker: WorkerThread;
  sessions: number;
}

class ThreadedMediaEngine implements MediaEngine {
  readonly inBandDigits = { available: true };
  readonly fax: MediaEngine['fax'];
  readonly #options: MediaEngineOptions;
  readonly #logger: MediaLogger;
  readonly #ports: PortPool;
  readonly #prompts: PromptCache;
  readonly #conferences = new Conferences();
  readonly #faxes: FaxDesk;
  readonly #calls = new Map<string, CallPlace>();
  readonly #callOf = new Map<number, string>();
  readonly #portOf = new Map<number, number>();
  readonly #workers = new Set<WorkerThread>();
  #entry: URL | null = null;
  #nextSession = 1;
  #running = false;

  constructor(options: MediaEngineOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#ports = new PortPool(options.rtpPortMin, options.rtpPortMax);
    this.#prompts = new PromptCache(options.promptCacheBytes ?? PROMPT_CACHE_BYTES);
    this.#faxes = new FaxDesk(options.sendAllowed ?? {}, this.#logger);
    this.fax = options.transport === 'dgram' ? { available: false, reason: NOT_LENT } : detectFaxLibrary();
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#entry = this.#options.workerEntry ?? (await workerEntry());
    const count = Math.max(1, this.#options.workers ?? availableParallelism());
    await Promise.all(Array.from({ length: count }, () => this.#startWorker()));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#faxes.close();
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
    this.#workers.clear();
  }

  async open({ callId, address }: OpenOptions): Promise<MediaSession> {
    const place = this.#enter(callId);
    const id = this.#nextSession++;
    this.#callOf.set(id, callId);
    try {
      const port = await this.#bind(place.worker, id, address);
      this.#portOf.set(id, port);
      const session = new SessionHandle(id, port, place.worker, this.#prompts, this.#conferences, this.#faxes);
      place.worker.sessions.set(id, session);
      return session;
    } catch (error) {
      this.#exit(id);
      throw error;
    }
  }

  get load(): MediaLoad {
    const workers = [...this.#workers];
    return {
      sessions: this.#callOf.size,
      freePorts: this.#ports.free,
      tickLateP99Ms: Math.max(0, ...workers.map(({ tickLateP99Ms }) => tickLateP99Ms)),
    };
  }

  async #bind(worker: WorkerThread, id: number, address: string): Promise<number> {
    // Ports that other processes hold are passed over, however many they are, and come last for the calls after this one.
    const free = this.#ports.free;
    for (let tried = 0; tried < free; tried++) {
      const port = this.#ports.take();
      if (port === undefined) throw noPorts(tried);
      try {
        await worker.open(id, address, port);
        return port;
      } catch (error) {
        this.#ports.giveBack(port);
        if (!(error instanceof PortTaken)) throw error;
      }
    }
    throw noPorts(free);
  }

  #enter(callId: string): CallPlace {
    const known = this.#calls.get(callId);
    if (known) {
      known.sessions++;
      known.worker.claims++;
      return known;
    }
    const [first, ...others] = this.#workers;
    if (!first) throw engineStopped();
    const worker = others.reduce((best, other) => (other.claims < best.claims ? other : best), first);
    const place = { worker, sessions: 1 };
    worker.claims++;
    this.#calls.set(callId, place);
    return place;
  }

  #exit(id: number): void {
    const callId = this.#callOf.get(id);
    this.#callOf.delete(id);
    const port = this.#portOf.get(id);
    this.#portOf.delete(id);
    if (port !== undefined) this.#ports.giveBack(port);
    const place = callId === undefined ? undefined : this.#calls.get(callId);
    if (callId === undefined || !place) return;
    place.worker.claims--;
    if (--place.sessions === 0) this.#calls.delete(callId);
  }

  async #startWorker(): Promise<void> {
    if (!this.#entry) throw engineStopped();
    const options: WorkerOptions = {
      sendPolicy: this.#options.sendAllowed ?? {},
      mediaTimeoutMs: this.#options.mediaTimeoutMs ?? 60_000,
      inBand: this.#options.inBandDetector ?? 'own',
      transport: this.#options.transport ?? 'auto',
    };
    const worker = await WorkerThread.start(this.#entry, options, {
      closed: (session) => this.#exit(session.id),
      log: (level, message, details) => this.#logger[level](message, details),
      died: (dead, sessions, reason) => this.#workerDied(dead, sessions, reason),
    });
    this.#workers.add(worker);
  }

  #workerDied(dead: WorkerThread, sessions: readonly SessionHandle[], reason: string): void {
    this.#workers.delete(dead);
    for (const { id } of sessions) this.#exit(id);
    // A call whose other leg is still being opened must not come back to a dead worker.
    for (const [callId, place] of this.#calls) if (place.worker === dead) this.#calls.delete(callId);
    this.#conferences.workerDied(dead);
    this.#logger.error('A media worker died', { reason, sessions: sessions.length });
    this.#restart();
  }

  #restart(): void {
    if (!this.#running) return;
    this.#startWorker().catch((error: unknown) => {
      this.#logger.error('A media worker does not start', { reason: messageOf(error) });
      setTimeout(() => this.#restart(), RESTART_AFTER_MS).unref();
    });
  }
}
