export type Unsubscribe = () => void;

/**
 * A typed, synchronous topic: listeners run in the order in which they subscribed, on the publisher's stack.
 * A listener that throws does not keep the others from hearing; the first error is thrown after all have run.
 */
export class Topic<T> {
  #listeners: readonly ((value: T) => void)[] = [];

  subscribe(listener: (value: T) => void): Unsubscribe {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  publish(value: T): void {
    let failed = false;
    let failure: unknown;
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
      }
    }
    if (failed) throw failure;
  }

  get size(): number {
    return this.#listeners.length;
  }
}
