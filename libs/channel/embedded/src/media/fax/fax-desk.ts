import { availableParallelism } from 'node:os';
import { messageOf } from '@callwright/kernel';
import type { FaxMediaRequest, MediaParameters, T38Transport } from '../port.js';
import type { SendPolicyOptions } from '../send-policy.js';
import { workerEntry } from '../worker-entry.js';
import type { Loan } from '../worker/protocol.js';
import type { StreamPosition } from '../worker/rtp-output.js';
import { FaxThread } from './fax-thread.js';
import type { FaxEvent, FaxReport } from './worker/protocol.js';

/** More faxes than these on a thread, and another is started, while there are cores. */
const FAXES_A_THREAD = 100;

/** The session whose socket is on loan. */
export interface Borrower {
  /** Never after `returned`. */
  heard(event: FaxEvent): void;
  /** Null: its thread died, and nobody knows how far the stream came. */
  returned(position: StreamPosition | null): void;
}

export interface FaxDeskLogger {
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A thread that runs or is about to, and how many faxes it has. */
interface Seat {
  readonly started: Promise<FaxThread>;
  faxes: number;
}

interface Job {
  readonly borrower: Borrower;
  readonly seat: Seat;
  thread: FaxThread | null;
}

/** Gives faxes to fax threads. There is none before the first fax. */
export class FaxDesk {
  readonly #policy: SendPolicyOptions;
  readonly #logger: FaxDeskLogger;
  readonly #jobs = new Map<number, Job>();
  #seats: Seat[] = [];

  constructor(policy: SendPolicyOptions, logger: FaxDeskLogger) {
    this.#policy = policy;
    this.#logger = logger;
  }

  has(session: number): boolean {
    return this.#jobs.has(session);
  }

  begin(session: number, loan: Loan, request: FaxMediaRequest, borrower: Borrower): void {
    const seat = this.#choose();
    const job: Job = { borrower, seat, thread: null };
    this.#jobs.set(session, job);
    seat.started.then(
      (thread) => {
        job.thread = thread;
        thread.post({ type: 'start', session, loan, request });
      },
      (error: unknown) => {
        this.#seats = this.#seats.filter((other) => other !== seat);
        this.#fail(session, messageOf(error), loan.position);
      },
    );
  }

  configure(session: number, parameters: MediaParameters): void {
    this.#do(session, (thread) => thread.post({ type: 'configure', session, parameters }));
  }

  carry(session: number, t38: T38Transport | null): void {
    this.#do(session, (thread) => thread.post({ type: 'carry', session, t38 }));
  }

  stop(session: number, how: 'stopped' | 'hung-up'): void {
    this.#do(session, (thread) => thread.post({ type: 'stop', session, how }));
  }

  async close(): Promise<void> {
    const threads = await Promise.allSettled(this.#seats.map(({ started }) => started));
    this.#seats = [];
    await Promise.all(threads.map((thread) => (thread.status === 'fulfilled' ? thread.value.stop() : null)));
  }

  /** In the order in which it was asked for, and not before the thread is there. Where it never is, `begin` has told so. */
  #do(session: number, task: (thread: FaxThread) => void): void {
    void this.#jobs.get(session)?.seat.started.then(task, () => undefined);
  }

  #choose(): Seat {
    const [first, ...others] = this.#seats;
    let best = first && others.reduce((a, b) => (b.faxes < a.faxes ? b : a), first);
    if (!best || (best.faxes >= FAXES_A_THREAD && this.#seats.length < availableParallelism())) {
      best = { started: this.#start(), faxes: 0 };
      this.#seats.push(best);
    }
    best.faxes++;
    return best;
  }

  async #start(): Promise<FaxThread> {
    return FaxThread.start(
      await workerEntry('fax'),
      { sendPolicy: this.#policy },
      {
        heard: (report) => this.#hear(report),
        died: (thread, reason) => this.#died(thread, reason),
      },
    );
  }

  #hear(report: Exclude<FaxReport, { type: 'ready' }>): void {
    if (report.type === 'log') return this.#logger[report.level](report.message, report.details);
    const job = this.#jobs.get(report.session);
    if (!job) return;
    if (report.type === 'event') return job.borrower.heard(report.event);
    this.#jobs.delete(report.session);
    job.seat.faxes--;
    job.borrower.returned(report.position);
  }

  #died(thread: FaxThread, reason: string): void {
    this.#logger.error('A fax thread died', { reason });
    for (const [session, job] of [...this.#jobs]) {
      if (job.thread !== thread) continue;
      this.#seats = this.#seats.filter((other) => other !== job.seat);
      this.#fail(session, reason, null);
    }
  }

  #fail(session: number, message: string, position: StreamPosition | null): void {
    const job = this.#jobs.get(session);
    this.#jobs.delete(session);
    job?.borrower.heard({ type: 'fax-ended', end: null, message });
    job?.borrower.returned(position);
  }
}
