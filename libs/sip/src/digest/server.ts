import { readAuthHeader, formatAuthHeader } from './auth-header.js';
import { algorithmOf, DIGEST_ALGORITHMS, digestResponse, type DigestAlgorithm, type DigestHash } from './hash.js';

export interface DigestServerOptions {
  readonly realm: string;
  readonly hash: DigestHash;
  /** Keyed hash (HMAC) with a secret of this process: makes nonces that nobody else can make. Text of [A-Za-z0-9]. */
  readonly sign: (text: string) => string;
  /** Random text of [A-Za-z0-9], so that two challenges of one millisecond differ. */
  readonly random: () => string;
  /** How long a nonce lives, in ms. */
  readonly nonceTtlMs?: number;
  /** How many nonces are remembered at once against replay. */
  readonly rememberedNonces?: number;
}

/** H(username:realm:password) for each algorithm. */
export type Ha1s = Readonly<Record<DigestAlgorithm, string>>;

export interface Credentials {
  readonly username: string;
  readonly algorithm: DigestAlgorithm;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly nc: string | null;
  readonly cnonce: string | null;
}

/**
 * - `ok`: who sent it has the password, and it was not sent before.
 * - `stale`: the password is right, the nonce is too old or was used: challenge again with `stale=true`.
 * - `wrong`: anything else.
 */
export type DigestVerdict = 'ok' | 'stale' | 'wrong';

/**
 * RFC 8760 section 2.2 wants the better algorithm first. MD5 comes first here because phones in wide use read one challenge only;
 * those that know SHA-256 look for it.
 */
const OFFERED: readonly DigestAlgorithm[] = DIGEST_ALGORITHMS.toReversed();

/** Our side of digest authentication (RFC 7616, RFC 8760). Nonces need no memory; only used ones are remembered until they expire. */
export class DigestServer {
  readonly #options: Required<DigestServerOptions>;
  /** Highest nc seen with a nonce. Oldest first: a Map keeps the order of insertion. */
  readonly #used = new Map<string, { nc: number; expiresAt: number }>();

  constructor(options: DigestServerOptions) {
    this.#options = { nonceTtlMs: 300_000, rememberedNonces: 100_000, ...options };
  }

  get realm(): string {
    return this.#options.realm;
  }

  /**
   * Values of WWW-Authenticate, one for each algorithm. The nonce serves for `source` alone: who answers it
   * has been there to hear it.
   */
  challenge(
    now: number,
    source: string,
    { stale = false, algorithms = OFFERED }: { stale?: boolean; algorithms?: readonly DigestAlgorithm[] } = {},
  ): string[] {
    const nonce = this.#nonce(now, source);
    return algorithms.map((algorithm) =>
      formatAuthHeader(
        [
          ['realm', this.#options.realm],
          ['nonce', nonce],
          ['algorithm', algorithm],
          ['qop', 'auth'],
          ...(stale ? [['stale', 'true'] as const] : []),
        ],
        'challenge',
      ),
    );
  }

  /** The credentials for our realm among the values of Authorization, or null. */
  read(values: readonly string[]): Credentials | null {
    for (const value of values) {
      const header = readAuthHeader(value);
      if (header?.scheme !== 'digest' || header.params.get('realm') !== this.#options.realm) continue;
      const credentials = readCredentials(header.params);
      if (credentials) return credentials;
    }
    return null;
  }

  /** Whether a nonce is one of ours that was given to `source`: then the source is no forged one. */
  isOurs(nonce: string, source: string): boolean {
    return this.#madeAt(nonce, source) !== null;
  }

  verify(credentials: Credentials, method: string, ha1: Ha1s, source: string, now: number): DigestVerdict {
    const expected = digestResponse(this.#options.hash, credentials.algorithm, {
      ...credentials,
      ha1: ha1[credentials.algorithm],
      method,
    });
    const made = this.#madeAt(credentials.nonce, source);
    if (!equalTexts(expected, credentials.response.toLowerCase())) return 'wrong';
    // A nonce that is not of this process is what a phone still has from before our restart.
    if (made === null || now - made > this.#options.nonceTtlMs || made > now + 1000) return 'stale';
    return this.#use(credentials, made, now) ? 'ok' : 'stale';
  }

  #nonce(now: number, source: string): string {
    const stamp = `${Math.floor(now).toString(36)}.${this.#options.random()}`;
    return `${stamp}.${this.#options.sign(`${stamp}|${source}`)}`;
  }

  /** When we made this nonce for that source, or null when we did not. */
  #madeAt(nonce: string, source: string): number | null {
    const dot = nonce.lastIndexOf('.');
    if (dot < 0 || !equalTexts(this.#options.sign(`${nonce.slice(0, dot)}|${source}`), nonce.slice(dot + 1)))
      return null;
    const made = parseInt(nonce.slice(0, nonce.indexOf('.')), 36);
    return Number.isSafeInteger(made) ? made : null;
  }

  /** Counts up the nonce; false when this count was there already. Without qop a nonce serves once. */
  #use(credentials: Credentials, made: number, now: number): boolean {
    const nc = credentials.nc === null ? Number.MAX_SAFE_INTEGER : parseInt(credentials.nc, 16);
    const seen = this.#used.get(credentials.nonce);
    if (seen && nc <= seen.nc) return false;
    if (!seen) this.#makeRoom(now);
    this.#used.set(credentials.nonce, { nc, expiresAt: made + this.#options.nonceTtlMs });
    return true;
  }

  #makeRoom(now: number): void {
    for (const [nonce, { expiresAt }] of this.#used) {
      if (expiresAt >= now && this.#used.size < this.#options.rememberedNonces) break;
      this.#used.delete(nonce);
    }
  }
}

function readCredentials(params: ReadonlyMap<string, string>): Credentials | null {
  const [username, realm, nonce, uri, response] = ['username', 'realm', 'nonce', 'uri', 'response'].map((name) =>
    params.get(name),
  );
  const algorithm = algorithmOf(params.get('algorithm'));
  if (
    username === undefined ||
    realm === undefined ||
    nonce === undefined ||
    uri === undefined ||
    response === undefined
  )
    return null;
  if (!algorithm || nonce.length > 256 || username.length > 256) return null;
  const qop = params.get('qop');
  const nc = params.get('nc') ?? null;
  const cnonce = params.get('cnonce') ?? null;
  if (qop === undefined) return { username, realm, algorithm, nonce, uri, response, nc: null, cnonce: null };
  if (qop.toLowerCase() !== 'auth' || nc === null || cnonce === null || !/^[0-9a-f]{8}$/i.test(nc)) return null;
  return { username, realm, algorithm, nonce, uri, response, nc, cnonce };
}

/** Takes as long for a wrong text as for a right one. */
function equalTexts(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % (b.length || 1));
  return difference === 0;
}
