import {
  completionOf,
  outcomeOf,
  readFaxOptions,
  type FaxCause,
  type FaxDirection,
  type FaxOption,
  type FaxOptionsReading,
  type FaxPage,
  type FaxResult,
  type FaxSettings,
  type FaxSignal,
  type FaxState,
} from '@callwright/fax';
import type { Clock } from '@callwright/kernel';
import type { ChannelEvent } from '../events.js';
import type { LegName } from '../words.js';
import type { FaxJob, FaxProgress, FaxRequest } from './fax.js';

export interface FaxJobParts {
  readonly clock: Clock;
  readonly leg: LegName;
  readonly direction: FaxDirection;
  readonly request: FaxRequest;
  /** Of the document that is sent; null for one that comes. */
  readonly pagesInDocument: number | null;
  tell(event: ChannelEvent): void;
}

/** How an adapter says that it is over. */
export interface FaxEnd {
  readonly cause: FaxCause;
  readonly explanation: string;
  readonly advice: string;
  readonly rawCause?: { readonly code: number; readonly text: string };
}

const STOPPED: FaxEnd = { cause: 'ABORTED', explanation: 'The fax was stopped.', advice: '' };

/** The record of one fax, the same for every adapter: it keeps what happened, tells it, and makes the result of it. */
export class FaxRecord implements FaxJob {
  readonly direction: FaxDirection;
  readonly result: Promise<FaxResult>;
  /** What the options come to, or what is wrong with them. */
  readonly reading: FaxOptionsReading;
  /** Asks the adapter to stop; it then calls `finish`. */
  onStop: () => void = () => this.finish(STOPPED);
  readonly #parts: FaxJobParts;
  readonly #startedAt: number;
  readonly #watchers = new Set<() => void>();
  readonly #details: FaxPage[] = [];
  #document: string;
  #settings: FaxSettings | null = null;
  #ended: FaxResult | null = null;
  #resolve: (result: FaxResult) => void = () => undefined;

  constructor(parts: FaxJobParts) {
    this.#parts = parts;
    this.direction = parts.direction;
    this.reading = readFaxOptions(parts.request.options);
    this.#document = parts.request.document;
    this.#startedAt = parts.clock.now();
    this.result = new Promise((resolve) => (this.#resolve = resolve));
  }

  get state(): FaxState {
    if (!this.#ended) return this.direction === 'send' ? 'sending' : 'receiving';
    return this.#ended.cause === 'NORMAL' || this.#ended.cause === 'ABORTED' ? 'idle' : 'error';
  }

  get #pages(): number {
    return this.#details.length;
  }

  get progress(): FaxProgress {
    const last = this.pagesToSend;
    return {
      negotiated: this.#settings,
      pages: this.#pages,
      lastPage: this.#ended !== null || (last !== null && this.#pages >= last),
    };
  }

  get running(): boolean {
    return this.#ended === null;
  }

  async negotiated(signal: AbortSignal): Promise<FaxSettings | null> {
    await this.#until(() => this.#settings !== null, signal);
    return this.#settings;
  }

  async nextPage(signal: AbortSignal): Promise<number> {
    const before = this.#pages;
    await this.#until(() => this.#pages > before, signal);
    return this.#pages;
  }

  stop(): Promise<FaxResult> {
    if (this.running) this.onStop();
    return this.result;
  }

  /** The record begins to tell; `document` is the name that the store gave. */
  started(document: string): void {
    this.#document = document;
    this.#tell({ name: 'fax.started', leg: this.#parts.leg, direction: this.direction, document });
  }

  signal(signal: FaxSignal): void {
    this.#tell({ name: 'fax.signal', leg: this.#parts.leg, ...signal });
  }

  settled(settings: FaxSettings): void {
    this.#settings = settings;
    this.#tell({ name: 'fax.negotiated', leg: this.#parts.leg, ...settings });
    this.#changed();
  }

  page(page: FaxPage): void {
    this.#details.push(page);
    const name = this.direction === 'send' ? 'fax.page-sent' : 'fax.page-received';
    this.#tell({ name, leg: this.#parts.leg, of: this.#parts.pagesInDocument, ...page });
    this.#changed();
  }

  /** It is over; later calls do nothing. */
  finish(end: FaxEnd): void {
    if (this.#ended) return;
    const result = this.#resultOf(end);
    this.#ended = result;
    const { outcome, cause, explanation, advice, document, pages, totalPages, firstUnsentPage, standard } = result;
    const { durationMs } = result;
    this.#tell({
      name: 'fax.ended',
      leg: this.#parts.leg,
      direction: this.direction,
      document,
      outcome,
      cause,
      explanation,
      advice,
      pages,
      totalPages,
      firstUnsentPage,
      standard,
      durationMs,
    });
    this.#changed();
    this.#resolve(result);
  }

  /** The same by a completion code of the library. */
  complete(code: number, text: string): void {
    const { cause, explanation, advice } = completionOf(code);
    this.finish({ cause, explanation, advice, rawCause: { code, text } });
  }

  #resultOf({ cause, explanation, advice, rawCause }: FaxEnd): FaxResult {
    const { reading } = this;
    const options: Partial<Record<FaxOption, string>> = reading.ok ? reading.options : {};
    const outcome = outcomeOf(cause, this.direction, this.#pages);
    const first = reading.ok ? reading.setup.firstPage : 1;
    const last = this.pagesToSend;
    const complete = outcome === 'sent' || this.direction === 'receive';
    return {
      direction: this.direction,
      outcome,
      cause,
      explanation,
      advice,
      standard: this.#settings?.standard ?? null,
      document: this.#document,
      pages: this.#pages,
      totalPages: last,
      firstUnsentPage: complete ? null : first + this.#pages,
      negotiated: this.#settings,
      pageDetails: [...this.#details],
      options,
      failedOption: reading.ok ? null : reading.failedOption,
      rawCause: rawCause ?? null,
      durationMs: this.#parts.clock.now() - this.#startedAt,
    };
  }

  /** How many pages are to be sent; null when nobody knows. */
  get pagesToSend(): number | null {
    const { pagesInDocument } = this.#parts;
    if (pagesInDocument === null) return null;
    const { reading } = this;
    if (!reading.ok) return pagesInDocument;
    const { firstPage, lastPage } = reading.setup;
    return Math.max(0, Math.min(pagesInDocument, lastPage ?? pagesInDocument) - firstPage + 1);
  }

  #until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds() && this.running && !signal.aborted) return;
        this.#watchers.delete(check);
        signal.removeEventListener('abort', check);
        resolve();
      };
      this.#watchers.add(check);
      signal.addEventListener('abort', check, { once: true });
      check();
    });
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check();
  }

  #tell(event: ChannelEvent): void {
    this.#parts.tell(event);
  }
}

/** What to finish a record with whose options are at fault; null when they are not. */
export function optionFault(reading: FaxOptionsReading): FaxEnd | null {
  return reading.ok ? null : { cause: reading.cause, explanation: reading.explanation, advice: reading.advice };
}
