import { deepFreeze, type Clock } from '@callwright/kernel';
import type { CallEvent, EventEnvelope, PassedEvent, RunEvent } from '../events.js';
import type { Mask } from './mask.js';

/** Gives events their envelope and hands them on. Nothing comes after `run.ended`. */
export class EventLog {
  readonly #envelope: Omit<EventEnvelope, 'seq' | 'at'>;
  readonly #clock: Clock;
  readonly #mask: Mask;
  readonly #onEvent: (event: CallEvent) => void;
  #seq = 0;
  #closed = false;

  constructor(options: {
    envelope: Omit<EventEnvelope, 'seq' | 'at'>;
    clock: Clock;
    mask: Mask;
    onEvent: (event: CallEvent) => void;
  }) {
    this.#envelope = options.envelope;
    this.#clock = options.clock;
    this.#mask = options.mask;
    this.#onEvent = options.onEvent;
  }

  /** `at`: when it happened, where that was a moment ago. */
  tell(event: RunEvent | PassedEvent, at: number = this.#clock.now()): void {
    if (this.#closed) return;
    this.#closed = event.name === 'run.ended';
    const { name, ...fields } = this.#mask.event(event);
    this.#onEvent(
      deepFreeze({ name, ...this.#envelope, seq: ++this.#seq, at: new Date(at).toISOString(), ...fields } as CallEvent),
    );
  }
}
