import type { RegistrationChange } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import { applyRegister, contactValues, living, REGISTRAR_LIMITS, toOf, userOf, type Binding } from '@callwright/sip';
import type { Logger } from '../logger.js';
import type { Authenticator } from './authenticator.js';
import { Timer } from './timer.js';
import type { ServerTransaction } from './transactions/server-transaction.js';
import type { Flow } from './transport/flow.js';

/** Where a phone is registered, and the way by which it told us. */
export type PhoneBinding = Binding<Flow>;

/** Short enough that after a restart every phone is back within ten minutes. */
const LIMITS = { ...REGISTRAR_LIMITS, maxExpires: 600, defaultExpires: 600 };

interface Entry {
  readonly bindings: readonly PhoneBinding[];
  readonly expiry: Timer;
}

/** The registrar of the phones of every workspace (RFC 3261 section 10.3). */
export class PhoneRegistrar {
  readonly #clock: Clock;
  readonly #authenticator: Authenticator;
  readonly #changed: (change: RegistrationChange) => void;
  readonly #logger: Logger;
  readonly #entries = new Map<string, Entry>();

  constructor(
    clock: Clock,
    authenticator: Authenticator,
    changed: (change: RegistrationChange) => void,
    logger: Logger,
  ) {
    this.#clock = clock;
    this.#authenticator = authenticator;
    this.#changed = changed;
    this.#logger = logger;
  }

  /** Where a phone can be reached now, best first; of equals the one that came last. */
  bindings(username: string): readonly PhoneBinding[] {
    const bindings = living(this.#entries.get(username)?.bindings ?? [], this.#clock.now());
    return bindings.sort((a, b) => b.q - a.q || b.expiresAt - a.expiresAt);
  }

  handle(transaction: ServerTransaction): void {
    this.#register(transaction).catch((error: unknown) => {
      this.#logger.error('A REGISTER could not be handled.', { error: (error as Error).stack ?? String(error) });
      if (!transaction.answered) transaction.reply(500);
    });
  }

  /** Forgets every phone that does not exist any more. */
  async review(phone: (username: string) => Promise<unknown>): Promise<void> {
    for (const username of [...this.#entries.keys()]) if (!(await phone(username))) this.#keep(username, []);
  }

  stop(): void {
    for (const { expiry } of this.#entries.values()) expiry.clear();
    this.#entries.clear();
  }

  async #register(transaction: ServerTransaction): Promise<void> {
    const { request, flow } = transaction;
    const { uri } = toOf(request);
    const username = uri.scheme === 'sip' ? userOf(uri) : null;
    if (username === null) return transaction.reply(400);
    if (!(await this.#authenticator.identify(transaction, username))) return;

    const now = this.#clock.now();
    const outcome = applyRegister(this.#entries.get(username)?.bindings ?? [], request, flow, now, LIMITS);
    if (outcome.status === 423)
      return transaction.reply(423, { headers: [['Min-Expires', String(outcome.minExpires)]] });
    if (outcome.status !== 200) return transaction.reply(outcome.status);
    this.#keep(username, outcome.bindings);
    transaction.reply(200, {
      headers: [
        ...contactValues(outcome.bindings, now).map((value) => ['Contact', value] as const),
        ['Date', new Date(now).toUTCString()],
      ],
    });
  }

  #keep(username: string, bindings: readonly PhoneBinding[]): void {
    const expiry =
      this.#entries.get(username)?.expiry ??
      new Timer(this.#clock, () =>
        this.#keep(username, living(this.#entries.get(username)?.bindings ?? [], this.#clock.now())),
      );
    expiry.set(bindings.length === 0 ? null : Math.min(...bindings.map((binding) => binding.expiresAt)));
    if (bindings.length === 0) this.#entries.delete(username);
    else this.#entries.set(username, { bindings, expiry });
    this.#changed({
      kind: 'phone',
      username,
      bindings: bindings.map(({ contact, expiresAt }) => ({ contact, expiresAt })),
    });
  }
}
