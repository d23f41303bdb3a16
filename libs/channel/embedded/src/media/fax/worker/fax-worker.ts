import { Spandsp } from '@callwright/fax-terminal';
import { messageOf } from '@callwright/kernel';
import { SendPolicy } from '../../send-policy.js';
import { SUB_TICKS, Ticker, type Turn } from '../../worker/ticker.js';
import { unixNow } from '../../worker/time.js';
import { FaxSession } from './fax-session.js';
import type { FaxCommand, FaxEvent, FaxReport, FaxWorkerOptions } from './protocol.js';

const BUFFER_BYTES = 2048;
/** A modem hears every turn, also those that the thread was too late for; longer standstills than 10 s are nothing to be made up for. */
const MAX_MADE_UP = 500;

interface Seated {
  readonly id: number;
  readonly session: FaxSession;
}

/** Everything that one fax thread does: its faxes, each served once every 20 ms in its own quarter of it. */
export class FaxWorker {
  readonly #post: (reports: readonly FaxReport[]) => void;
  readonly #policy: SendPolicy;
  readonly #spandsp = new Spandsp();
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #ticker = new Ticker((turn) => this.#serve(turn));
  readonly #faxes = new Map<number, FaxSession>();
  readonly #slots: Seated[][] = Array.from({ length: SUB_TICKS }, () => []);
  #reports: FaxReport[] = [];

  constructor(options: FaxWorkerOptions, post: (reports: readonly FaxReport[]) => void) {
    this.#post = post;
    this.#policy = new SendPolicy(options.sendPolicy);
  }

  start(): void {
    this.#ticker.start();
    this.#tell({ type: 'ready' });
    this.#flush();
  }

  /** What one fax cannot do is that fax's end, not everybody's. */
  handle(command: FaxCommand): void {
    if (command.type === 'shut-down') this.#shutDown();
    else if (command.type === 'start') this.#start(command);
    else this.#guard(command.session, () => this.#obey(command));
    this.#flush();
  }

  #start({ session, loan, request }: Extract<FaxCommand, { type: 'start' }>): void {
    try {
      const fax = new FaxSession(loan, request, {
        spandsp: this.#spandsp,
        policy: this.#policy,
        buffer: this.#buffer,
        tell: (event) => this.#tellEvent(session, event),
        warn: (message, details) => this.#tell({ type: 'log', level: 'warn', message, details }),
      });
      this.#faxes.set(session, fax);
      this.#emptiest().push({ id: session, session: fax });
    } catch (error) {
      this.#tellEvent(session, { type: 'fax-ended', end: null, message: messageOf(error) });
      this.#tell({ type: 'returned', session, position: loan.position });
    }
  }

  #obey(command: Extract<FaxCommand, { session: number }>): void {
    const fax = this.#faxes.get(command.session);
    if (command.type === 'configure') fax?.configure(command.parameters);
    else if (command.type === 'carry') fax?.carry(command.t38);
    else if (command.type === 'stop') fax?.stop(command.how);
  }

  #guard(id: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      const message = messageOf(error);
      this.#tell({ type: 'log', level: 'error', message: 'A fax failed', details: { message } });
      this.#tellEvent(id, { type: 'fax-ended', end: null, message });
      this.#leave(id);
      return;
    }
    if (this.#faxes.get(id)?.over) this.#leave(id);
  }

  #serve({ slot, skipped }: Turn): void {
    const turns = 1 + Math.min(skipped, MAX_MADE_UP);
    for (const [index, seated] of this.#slots.entries()) {
      // Turns that are left out are so for everybody.
      const due = index === slot ? turns : turns - 1;
      if (due === 0) continue;
      for (const { id, session } of [...seated]) {
        this.#guard(id, () => {
          for (let n = 0; n < due; n++) session.turn(unixNow());
        });
      }
    }
    this.#flush();
  }

  #leave(id: number): void {
    this.#faxes.delete(id);
    for (const seated of this.#slots) {
      const index = seated.findIndex((one) => one.id === id);
      if (index < 0) continue;
      const [left] = seated.splice(index, 1);
      if (left) this.#tell({ type: 'returned', session: id, position: left.session.close() });
    }
  }

  #shutDown(): void {
    this.#ticker.stop();
    for (const { id, session } of this.#slots.flat()) {
      session.stop('stopped');
      this.#leave(id);
    }
  }

  #emptiest(): Seated[] {
    return this.#slots.reduce((best, slot) => (slot.length < best.length ? slot : best));
  }

  #tellEvent(session: number, event: FaxEvent): void {
    this.#tell({ type: 'event', session, event });
  }

  #tell(report: FaxReport): void {
    this.#reports.push(report);
  }

  #flush(): void {
    if (this.#reports.length === 0) return;
    const reports = this.#reports;
    this.#reports = [];
    this.#post(reports);
  }
}
