import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Gate } from '../gate.js';

/** argon2id with the library's defaults (19 MiB, two passes: the OWASP advice). */
@Injectable()
export class Passwords {
  /** Each hash fills a thread for tens of ms: more than two at once would starve file reads and name look-ups. */
  readonly #gate = new Gate(2);
  #decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.#gate.run(() => hash(password));
  }

  /** Takes as long for a user who does not exist (`stored` null) as for one who does. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    this.#decoy ??= this.hash('nobody has this password');
    const against = stored ?? (await this.#decoy);
    const right = await this.#gate.run(() => verify(against, password));
    return right && stored !== null;
  }
}
