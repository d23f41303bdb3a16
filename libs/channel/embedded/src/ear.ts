import type { Overhearing } from '@callwright/channel-contract';
import type { MediaSession } from './media/port.js';

/** Those who listen to one leg. The media side is asked for its audio while there is at least one. */
export class Ear {
  readonly #session: MediaSession;
  readonly #listeners = new Set<Overhearing>();

  constructor(session: MediaSession) {
    this.#session = session;
    session.subscribe((event) => {
      if (event.type === 'overheard') for (const listener of this.#listeners) listener.heard(event.stereo);
    });
  }

  listen(listener: Overhearing): () => void {
    this.#listeners.add(listener);
    this.#session.overhear(true);
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#session.overhear(false);
    };
  }

  /** The leg is over. */
  end(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.ended();
  }
}
