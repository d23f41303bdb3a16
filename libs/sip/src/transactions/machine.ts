import { RFC_TIMERS, TIMER_RULES, type TimerName, type TimerValues } from './timers.js';

/** What the shell has to do. */
export type TransactionAction =
  /** Send the request, or send it again. */
  | 'send-request'
  /** Send the ACK of a final response that is no 2xx (RFC 3261 section 17.1.1.3). */
  | 'send-ack'
  /** Send the last response given by the owner, or send it again. */
  | 'send-response'
  /** Hand the response that has just come, or the ACK, to the owner. */
  | 'deliver'
  /** Tell the owner that nobody answered. */
  | 'report-timeout'
  /** Tell the owner that the transport failed. */
  | 'report-transport-error';

export type TransactionEvent =
  /** A request of ours begins, or a request came that is new. */
  | 'begin'
  /** The same request came again. */
  | 'request'
  | 'ack'
  /** A response came (client) or is given by the owner (server). */
  | 'provisional'
  | 'success'
  | 'failure'
  | 'transport-error'
  | `timer-${TimerName}`;

export type TransactionState =
  'initial' | 'calling' | 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated';

export interface Transition {
  readonly to: TransactionState;
  readonly do?: readonly TransactionAction[];
}

/** A transaction as data: its transitions, and the timers that run in each state. */
export interface TransactionTable {
  readonly name: string;
  readonly states: Partial<Record<TransactionState, Partial<Record<TransactionEvent, Transition>>>>;
  /** Started on entry of the state, stopped on leaving it. */
  readonly timers: Partial<Record<TransactionState, readonly TimerName[]>>;
}

/**
 * Runs one table. Time comes in and actions go out; a timer that is due is fired by `expire`. Events that the table does not
 * have in a state are of no meaning there and are ignored.
 */
export class TransactionMachine {
  readonly #table: TransactionTable;
  readonly #reliable: boolean;
  readonly #values: TimerValues;
  readonly #running = new Map<TimerName, { at: number; fired: number }>();
  #state: TransactionState = 'initial';

  constructor(table: TransactionTable, options: { reliable: boolean; timers?: TimerValues }) {
    this.#table = table;
    this.#reliable = options.reliable;
    this.#values = options.timers ?? RFC_TIMERS;
  }

  get state(): TransactionState {
    return this.#state;
  }

  /** When `expire` must be called next, or null. */
  get deadline(): number | null {
    let next: number | null = null;
    for (const { at } of this.#running.values()) if (next === null || at < next) next = at;
    return next;
  }

  /** Takes an event; what comes out is to be done in this order. */
  on(event: TransactionEvent, now: number): readonly TransactionAction[] {
    const transition = this.#table.states[this.#state]?.[event];
    if (!transition) return [];
    if (transition.to !== this.#state) this.#enter(transition.to, now);
    // A timer of length 0 (reliable transports) ends its state at once.
    const due = transition.to === 'terminated' ? [] : this.expire(now);
    return [...(transition.do ?? []), ...due];
  }

  /** Fires every timer that is due. */
  expire(now: number): readonly TransactionAction[] {
    const actions: TransactionAction[] = [];
    for (let due = this.#due(now); due; due = this.#due(now)) {
      const timer = this.#running.get(due)!;
      this.#start(due, timer.at, timer.fired + 1);
      actions.push(...this.on(`timer-${due}`, timer.at));
    }
    return actions;
  }

  #due(now: number): TimerName | null {
    let due: TimerName | null = null;
    let earliest = now;
    for (const [name, { at }] of this.#running) {
      if (at <= earliest) {
        due = name;
        earliest = at - 1e-9;
      }
    }
    return due;
  }

  #enter(state: TransactionState, now: number): void {
    const kept = this.#table.timers[state] ?? [];
    for (const name of this.#running.keys()) if (!kept.includes(name)) this.#running.delete(name);
    this.#state = state;
    for (const name of kept) if (!this.#running.has(name)) this.#start(name, now, 0);
  }

  #start(name: TimerName, from: number, fired: number): void {
    const after = TIMER_RULES[name](this.#values, this.#reliable, fired);
    if (after === null || !this.#repeats(name, fired)) this.#running.delete(name);
    else this.#running.set(name, { at: from + after, fired });
  }

  /** Timers that send again go on; the others fire once. */
  #repeats(name: TimerName, fired: number): boolean {
    return fired === 0 || name === 'A' || name === 'E' || name === 'G';
  }
}
