import { DIGITS, type Digit } from '@callwright/channel-contract';
import { decodeUtf8 } from '@callwright/sip';

/** Numbers beyond 9 that some gateways send for the other keys. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '10': '*',
  '11': '#',
  '12': 'A',
  '13': 'B',
  '14': 'C',
  '15': 'D',
};
const DEFAULT_MS = 160;
const LONGEST_MS = 60_000;

/**
 * The key of an INFO (`application/dtmf-relay`: `Signal=5`, `Duration=160`; `application/dtmf`: the key alone). Null: the type is known
 * but it is no key (flash); undefined: another type.
 */
export function digitOfInfo(
  contentType: string,
  body: Uint8Array,
): Pick<Digit, 'digit' | 'durationMs'> | null | undefined {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const text = decodeUtf8(body.subarray(0, 1000));
  if (type === 'application/dtmf-relay') {
    const signal = /^[ \t]*signal[ \t]*=[ \t]*([^\s]{1,2})[ \t]*$/im.exec(text)?.[1];
    const duration = /^[ \t]*duration[ \t]*=[ \t]*([0-9]{1,6})/im.exec(text)?.[1];
    return keyOf(signal, duration === undefined ? DEFAULT_MS : Number(duration));
  }
  return type === 'application/dtmf' ? keyOf(text.trim(), DEFAULT_MS) : undefined;
}

function keyOf(signal: string | undefined, durationMs: number): Pick<Digit, 'digit' | 'durationMs'> | null {
  const digit = BY_NUMBER[signal ?? ''] ?? signal?.toUpperCase() ?? '';
  return digit.length === 1 && DIGITS.includes(digit)
    ? { digit, durationMs: Math.min(Math.max(durationMs, 1), LONGEST_MS) }
    : null;
}
