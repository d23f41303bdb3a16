import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token that cannot be guessed: 256 bits. The prefix says what it opens and lets logs mask it. */
export const newToken = (prefix: 'cws' | 'cwt' | 'cwu') => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** Tokens are random, so a plain hash is enough at rest. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

export function equalText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(left, right);
}

/** RFC 7616 3.4.2 and RFC 8760: what a digest server keeps instead of the password. */
export const digestSecret = (algorithm: 'md5' | 'sha256', username: string, realm: string, password: string) =>
  createHash(algorithm).update(`${username}:${realm}:${password}`).digest('hex');
