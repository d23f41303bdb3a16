/** Digest algorithms of RFC 8760 that we speak, the better one first. */
export const DIGEST_ALGORITHMS = ['SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** Hash functions come in: lower-case hex of the hash of the UTF-8 bytes of `text`. */
export type DigestHash = (algorithm: DigestAlgorithm, text: string) => string;

export interface ResponseParts {
  /** H(username:realm:password). */
  readonly ha1: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** With `qop=auth` both are there, without qop (RFC 2069) neither. */
  readonly nc: string | null;
  readonly cnonce: string | null;
}

/** The `response` of RFC 7616 section 3.4.1. */
export function digestResponse(hash: DigestHash, algorithm: DigestAlgorithm, parts: ResponseParts): string {
  const ha2 = hash(algorithm, `${parts.method}:${parts.uri}`);
  const middle =
    parts.nc !== null && parts.cnonce !== null ? `${parts.nonce}:${parts.nc}:${parts.cnonce}:auth` : parts.nonce;
  return hash(algorithm, `${parts.ha1}:${middle}:${ha2}`);
}

export const digestHa1 = (
  hash: DigestHash,
  algorithm: DigestAlgorithm,
  username: string,
  realm: string,
  password: string,
): string => hash(algorithm, `${username}:${realm}:${password}`);

/** `MD5`, `SHA-256`; nothing means MD5. Null for one that we do not speak (`-sess`, SHA-512-256). */
export function algorithmOf(value: string | undefined): DigestAlgorithm | null {
  if (value === undefined) return 'MD5';
  return DIGEST_ALGORITHMS.find((algorithm) => algorithm === value.toUpperCase()) ?? null;
}
