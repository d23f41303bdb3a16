import { readFileSync } from 'node:fs';

export interface Expectation {
  /** Section of RFC 4475. */
  readonly section: string;
  readonly tests: string;
  /** What the parser says: a number is the status with which it must be refused. */
  readonly verdict: 'accept' | 'drop' | number;
  /** Final status of a server that has no such number and no such user; null: silence. */
  readonly answer: number | null;
  /** What is different on a stream. */
  readonly stream?: 'waits for the rest' | 'two messages' | 'answered, then closed';
}

const folder = new URL('../../fixtures/rfc4475/', import.meta.url);

export const TORTURES: readonly (Expectation & { readonly name: string })[] = Object.entries(
  JSON.parse(readFileSync(new URL('expectations.json', folder), 'utf8')) as Record<string, Expectation>,
).map(([name, expectation]) => ({ name, ...expectation }));

export const torture = (name: string): Uint8Array => readFileSync(new URL(`${name}.sip`, folder));
