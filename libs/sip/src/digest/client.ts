import { formatAuthHeader, readAuthHeader } from './auth-header.js';
import {
  algorithmOf,
  DIGEST_ALGORITHMS,
  digestHa1,
  digestResponse,
  type DigestAlgorithm,
  type DigestHash,
} from './hash.js';

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly opaque: string | null;
  readonly qop: boolean;
  readonly stale: boolean;
}

/** The strongest challenge that we can answer among the values of WWW-Authenticate or Proxy-Authenticate, or null. */
export function chooseChallenge(values: readonly string[], realm: string | null): Challenge | null {
  const readable = values.map(readChallenge).filter((challenge) => challenge !== null);
  const wanted = readable.filter((challenge) => realm === null || challenge.realm === realm);
  for (const algorithm of DIGEST_ALGORITHMS) {
    const found = wanted.find((challenge) => challenge.algorithm === algorithm);
    if (found) return found;
  }
  return null;
}

function readChallenge(value: string): Challenge | null {
  const header = readAuthHeader(value);
  const realm = header?.params.get('realm');
  const nonce = header?.params.get('nonce');
  const algorithm = algorithmOf(header?.params.get('algorithm'));
  if (header?.scheme !== 'digest' || realm === undefined || nonce === undefined || !algorithm) return null;
  const qops = header.params
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  // A server that insists on auth-int cannot be answered.
  if (qops && !qops.includes('auth')) return null;
  return {
    realm,
    nonce,
    algorithm,
    opaque: header.params.get('opaque') ?? null,
    qop: qops !== undefined,
    stale: header.params.get('stale')?.toLowerCase() === 'true',
  };
}

export interface DigestClientOptions {
  readonly username: string;
  readonly password: string;
  /** Answer for this realm alone; null: for whichever realm the configured host names first, and from then on for that one. */
  readonly realm: string | null;
  readonly hash: DigestHash;
  /** Random text for cnonce. */
  readonly random: () => string;
}

/**
 * Our answers to one peer. A challenge for another realm is not answered, nor is a second one in a row for the same nonce
 * or without `stale=true`: the password is wrong then, and repeating it would only lock the account.
 */
export class DigestClient {
  readonly #options: DigestClientOptions;
  #realm: string | null;
  #challenge: Challenge | null = null;
  #count = 0;

  constructor(options: DigestClientOptions) {
    this.#options = options;
    this.#realm = options.realm;
  }

  /**
   * Takes a challenge; false when it must not or cannot be answered. `attempts` is how often this request was answered already.
   */
  accept(values: readonly string[], attempts: number): boolean {
    const challenge = chooseChallenge(values, this.#realm);
    if (!challenge || attempts >= 3 || (attempts > 0 && !challenge.stale)) return false;
    this.#realm = challenge.realm;
    if (this.#challenge?.nonce !== challenge.nonce) this.#count = 0;
    this.#challenge = challenge;
    return true;
  }

  /** Value of Authorization for a request, or null before the first challenge. */
  authorize(method: string, uri: string): string | null {
    const challenge = this.#challenge;
    if (!challenge) return null;
    const { username, password, hash, random } = this.#options;
    const nc = challenge.qop ? (++this.#count).toString(16).padStart(8, '0') : null;
    const cnonce = challenge.qop ? random() : null;
    const ha1 = digestHa1(hash, challenge.algorithm, username, challenge.realm, password);
    const response = digestResponse(hash, challenge.algorithm, {
      ha1,
      method,
      uri,
      nonce: challenge.nonce,
      nc,
      cnonce,
    });
    return formatAuthHeader(
      [
        ['username', username],
        ['realm', challenge.realm],
        ['nonce', challenge.nonce],
        ['uri', uri],
        ['response', response],
        ['algorithm', challenge.algorithm],
        ...(nc !== null && cnonce !== null
          ? ([
              ['qop', 'auth'],
              ['nc', nc],
              ['cnonce', cnonce],
            ] as const)
          : []),
        ...(challenge.opaque === null ? [] : [['opaque', challenge.opaque] as const]),
      ],
      'answer',
    );
  }
}
