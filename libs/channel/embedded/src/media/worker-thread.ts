import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '@callwright/kernel';
import { bindFailed, workerFailed } from '../errors.js';
import type { MediaStats } from './port.js';
import type { SessionHandle } from './session-handle.js';
import { closeDescriptors } from './transport/raw-fd.js';
import { PortTaken } from './transport/transport.js';
import type { Command, Report, WorkerOptions } from './worker/protocol.js';

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** A disk that is slow to take the last of a recording may take so long. */
const STOP_WITHIN_MS = 5000;

export interface WorkerListener {
  closed(session: SessionHandle): void;
  log(level: 'info' | 'warn' | 'error', message: string, details: Readonly<Record<string, unknown>>): void;
  /** It ended without being asked to; its sessions have been told. */
  died(worker: WorkerThread, sessions: readonly SessionHandle[], reason: string): void;
}

/** One media thread, seen from the main thread. */
export class WorkerThread {
  readonly sessions = new Map<number, SessionHandle>();
  tickLateP99Ms = 0;
  /** Sessions that it has or is about to get: calls come in bursts, so those being opened count. */
  claims = 0;
  readonly #worker: Worker;
  readonly #listener: WorkerListener;
  readonly #opening = new Map<number, Waiting<{ localPort: number }>>();
  readonly #asking = new Map<number, Waiting<MediaStats> & { readonly session: number }>();
  readonly #descriptors = new Map<number, readonly number[]>();
  #commands: Command[] = [];
  #nextRequest = 1;
  #ready: Waiting<void> | null = null;
  #stopping = false;
  #alive = true;

  private constructor(entry: URL, options: WorkerOptions, listener: WorkerListener) {
    this.#listener = listener;
    this.#worker = new Worker(entry, { workerData: options, name: 'media' });
    this.#worker.on('message', (reports: readonly Report[]) => reports.forEach((report) => this.#hear(report)));
    this.#worker.on('error', (error) => this.#end(messageOf(error)));
    this.#worker.on('exit', (code) => this.#end(`exit ${code}`));
  }

  /** Resolves when its code is warm. */
  static start(entry: URL, options: WorkerOptions, listener: WorkerListener): Promise<WorkerThread> {
    return new Promise((resolve, reject) => {
      const thread = new WorkerThread(entry, options, listener);
      thread.#ready = { resolve: () => resolve(thread), reject };
    });
  }

  /** What is said in one turn of the event loop goes as one message: waking a thread is what a message costs, and bursts are when that counts. */
  post(command: Command): void {
    if (!this.#alive) return;
    if (this.#commands.length === 0) setImmediate(() => this.#flush());
    this.#commands.push(command);
  }

  #flush(): void {
    const commands = this.#commands;
    this.#commands = [];
    if (this.#alive && commands.length > 0) this.#worker.postMessage(commands satisfies readonly Command[]);
  }

  /** Binds the sockets of a session; rejects with `PortTaken` when another process has the port, else `media.bind-failed`. */
  open(session: number, address: string, port: number): Promise<{ readonly localPort: number }> {
    return new Promise((resolve, reject) => {
      if (!this.#alive) return reject(workerFailed('it has ended'));
      this.#opening.set(session, { resolve, reject });
      this.post({ type: 'open', session, address, port });
    });
  }

  stats(session: number): Promise<MediaStats> {
    return new Promise((resolve, reject) => {
      if (!this.#alive) return reject(workerFailed('it has ended'));
      const request = this.#nextRequest++;
      this.#asking.set(request, { session, resolve, reject });
      this.post({ type: 'stats', session, request });
    });
  }

  /** Closes all its sessions, recordings included, and ends the thread; one that does not answer is ended all the same. */
  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.#stopping = true;
    const exited = once(this.#worker, 'exit');
    this.post({ type: 'stop' });
    const patience = setTimeout(() => void this.#worker.terminate(), STOP_WITHIN_MS);
    await exited;
    clearTimeout(patience);
  }

  #hear(report: Report): void {
    switch (report.type) {
      case 'ready':
        this.#ready?.resolve();
        this.#ready = null;
        return;
      case 'opened':
        this.#descriptors.set(report.session, report.descriptors);
        this.#settle(report.session)?.resolve({ localPort: report.localPort });
        return;
      case 'not-opened':
        this.#settle(report.session)?.reject(report.portTaken ? new PortTaken() : bindFailed(report.message));
        return;
      case 'event':
        return this.sessions.get(report.session)?.hear(report.event);
      case 'stats':
        return this.#answer(report.request, report.stats);
      case 'lent':
        return this.sessions.get(report.session)?.lent(report.loan);
      case 'closed':
        return this.#closed(report.session, report.stats);
      case 'load':
        this.tickLateP99Ms = report.tickLateP99Ms;
        return;
      case 'log':
        return this.#listener.log(report.level, report.message, report.details);
    }
  }

  #settle(session: number) {
    const waiting = this.#opening.get(session);
    this.#opening.delete(session);
    return waiting;
  }

  #answer(request: number, stats: MediaStats): void {
    this.#asking.get(request)?.resolve(stats);
    this.#asking.delete(request);
  }

  #closed(id: number, stats: MediaStats): void {
    // Questions that crossed the close on their way are answered by the last figures.
    for (const [request, { session }] of this.#asking) if (session === id) this.#answer(request, stats);
    this.#descriptors.delete(id);
    const session = this.sessions.get(id);
    if (!session) return;
    session.closed(stats);
    this.sessions.delete(id);
    this.#listener.closed(session);
  }

  #end(reason: string): void {
    if (!this.#alive) return;
    this.#alive = false;
    const error = workerFailed(reason);
    this.#ready?.reject(error);
    for (const waiting of [...this.#opening.values(), ...this.#asking.values()]) waiting.reject(error);
    for (const descriptors of this.#descriptors.values()) closeDescriptors(descriptors);
    const sessions = [...this.sessions.values()];
    this.sessions.clear();
    const started = this.#ready === null;
    for (const session of sessions) session.fail(reason);
    if (started && !this.#stopping) this.#listener.died(this, sessions, reason);
  }
}
