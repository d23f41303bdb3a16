import type { DigitMethod } from '@callwright/channel-contract';

/** The same key by another method within so short a time is the same press. */
const SAME_PRESS_MS = 300;
/** So many presses are kept in mind: nobody presses more within that time. */
const REMEMBERED = 8;

interface Press {
  readonly digit: string;
  readonly downAt: number;
  readonly methods: Set<DigitMethod>;
}

/** Some devices send each key in two ways (RFC 4733 and INFO, say): it is one press, and the next one of the same key is another. */
export class KeyPresses {
  readonly #recent: Press[] = [];

  /** A key came; `downAt` is when it was pressed. False: it is the other sign of a press that is known. */
  isNew(digit: string, method: DigitMethod, downAt: number): boolean {
    // The oldest first: two quick presses may come as two of one kind and then two of the other.
    const same = this.#recent.find(
      (press) => press.digit === digit && !press.methods.has(method) && Math.abs(downAt - press.downAt) < SAME_PRESS_MS,
    );
    if (same) {
      same.methods.add(method);
      return false;
    }
    this.#recent.push({ digit, downAt, methods: new Set([method]) });
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    return true;
  }
}
