import { createHmac, randomBytes } from 'node:crypto';
import type { PhoneAccount } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import { DigestServer, type Ha1s } from '@callwright/sip';
import { digestHash } from './digest-hash.js';
import { randomText } from './random.js';
import type { ServerTransaction } from './transactions/server-transaction.js';
import { TokenBuckets } from './transport/token-buckets.js';

export const REALM = 'callwright';

/** Wrong passwords for one phone from one source, and from one source in all. Only sources that are proven not to be forged are counted. */
const GUESSES_PER_PHONE = { perSecond: 1 / 60, burst: 10 };
const GUESSES_PER_SOURCE = { perSecond: 1 / 2, burst: 100 };

/** Phones that give up ("Function not implemented") when any challenge names an algorithm that they do not know. */
const MD5_ALONE = /^baresip v[01]\./;

/** Finds out whether a request comes from the phone that it says. A stranger learns nothing: every failure is the same 401. */
export class Authenticator {
  readonly #clock: Clock;
  readonly #phone: (username: string) => Promise<PhoneAccount | null>;
  readonly #secret = randomBytes(32);
  readonly #server: DigestServer;
  readonly #perPhone = new TokenBuckets(GUESSES_PER_PHONE);
  readonly #perSource = new TokenBuckets(GUESSES_PER_SOURCE);

  constructor(clock: Clock, phone: (username: string) => Promise<PhoneAccount | null>) {
    this.#clock = clock;
    this.#phone = phone;
    this.#server = new DigestServer({
      realm: REALM,
      hash: digestHash,
      sign: (text) => this.#hmac(text).slice(0, 32),
      random: () => randomText(),
    });
  }

  /** The account of `username` when the request proves to be its; otherwise the request was answered with a challenge. */
  async identify(transaction: ServerTransaction, username: string): Promise<PhoneAccount | null> {
    const source = transaction.flow.remoteAddress;
    const credentials = this.#server.read(transaction.request.headers.all('Authorization'));
    if (!credentials) return this.#challenge(transaction, false);

    const account = await this.#phone(username);
    const now = this.#clock.now();
    const phone = `${source}|${username}`;
    const mayGuess = this.#perPhone.has(phone, now) && this.#perSource.has(source, now);
    // Who does not exist is checked as long and as thoroughly as who does.
    const ha1: Ha1s = account ? { MD5: account.ha1.md5, 'SHA-256': account.ha1.sha256 } : this.#nobody(username);
    const verdict = this.#server.verify(credentials, transaction.request.method, ha1, source, now);
    if (account && mayGuess && credentials.username === username) {
      if (verdict === 'ok') return account;
      if (verdict === 'stale') return this.#challenge(transaction, true);
    }
    if (this.#server.isOurs(credentials.nonce, source)) {
      this.#perPhone.take(phone, now);
      this.#perSource.take(source, now);
    }
    return this.#challenge(transaction, false);
  }

  #challenge(transaction: ServerTransaction, stale: boolean): null {
    const knowsMd5Alone = MD5_ALONE.test(transaction.request.headers.get('User-Agent') ?? '');
    const values = this.#server.challenge(this.#clock.now(), transaction.flow.remoteAddress, {
      stale,
      ...(knowsMd5Alone ? { algorithms: ['MD5'] } : {}),
    });
    const options = { headers: values.map((value) => ['WWW-Authenticate', value] as const) };
    // A challenge to an INVITE is repeated until its ACK comes, for the 100 before it has silenced the caller.
    if (transaction.request.method === 'INVITE') transaction.reply(401, options);
    else transaction.replyAndForget(401, options);
    return null;
  }

  #nobody(username: string): Ha1s {
    return { MD5: this.#hmac(`md5|${username}`).slice(0, 32), 'SHA-256': this.#hmac(`sha256|${username}`) };
  }

  #hmac(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('hex');
  }
}
