import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '@callwright/kernel';
import type { FaxCommand, FaxReport, FaxWorkerOptions } from './worker/protocol.js';

const STOP_WITHIN_MS = 2000;

export interface FaxThreadListener {
  heard(report: Exclude<FaxReport, { type: 'ready' }>): void;
  /** It ended without being asked to. */
  died(thread: FaxThread, reason: string): void;
}

/** One fax thread, seen from the main thread. */
export class FaxThread {
  readonly #worker: Worker;
  readonly #listener: FaxThreadListener;
  #ready: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #alive = true;
  #stopping = false;

  private constructor(entry: URL, options: FaxWorkerOptions, listener: FaxThreadListener) {
    this.#listener = listener;
    this.#worker = new Worker(entry, { workerData: options, name: 'fax' });
    this.#worker.on('message', (reports: readonly FaxReport[]) => reports.forEach((report) => this.#hear(report)));
    this.#worker.on('error', (error) => this.#end(messageOf(error)));
    this.#worker.on('exit', (code) => this.#end(`exit ${code}`));
  }

  static start(entry: URL, options: FaxWorkerOptions, listener: FaxThreadListener): Promise<FaxThread> {
    return new Promise((resolve, reject) => {
      const thread = new FaxThread(entry, options, listener);
      thread.#ready = { resolve: () => resolve(thread), reject };
    });
  }

  post(command: FaxCommand): void {
    if (this.#alive) this.#worker.postMessage(command);
  }

  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.#stopping = true;
    const exited = once(this.#worker, 'exit');
    this.post({ type: 'shut-down' });
    const patience = setTimeout(() => void this.#worker.terminate(), STOP_WITHIN_MS);
    await exited;
    clearTimeout(patience);
  }

  #hear(report: FaxReport): void {
    if (report.type !== 'ready') return this.#listener.heard(report);
    this.#ready?.resolve();
    this.#ready = null;
  }

  #end(reason: string): void {
    if (!this.#alive) return;
    this.#alive = false;
    if (this.#ready) this.#ready.reject(new Error(reason));
    else if (!this.#stopping) this.#listener.died(this, reason);
  }
}
