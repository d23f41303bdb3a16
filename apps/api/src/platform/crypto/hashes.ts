import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** A token that cannot be guessed: 256 bits. The prefix says what it opens and lets logs mask it. */
export const newToken = (prefix: 'cws' | 'cwt' | 'cwu') => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** Tokens are random, so a plain hash is enough at rest. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** SHA-256 of what a file holds, in hex; however large it is. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export function equalText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(left, right);
}

/** RFC 7616 3.4.2 and RFC 8760: what a digest server keeps instead of the password. */
export const digestSecret = (algorithm: 'md5' | 'sha256', username: string, realm: string, password: string) =>
  createHash(algorithm).update(`${username}:${realm}:${password}`).digest('hex');
