import type { DigitQueue } from '@callwright/channel-contract';

export interface CollectOptions {
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly terminators: readonly string[];
  readonly firstDigitTimeoutMs: number;
  readonly interDigitTimeoutMs: number;
}

export interface Entry {
  /** Without the terminator. */
  readonly digits: string;
  /** What ended it. */
  readonly cause: 'count' | 'terminator' | 'timeout';
}

/** Takes digits until there are enough, a terminator comes, or nothing comes any more. */
export async function collect(queue: DigitQueue, options: CollectOptions, signal: AbortSignal): Promise<Entry> {
  let digits = '';
  while (digits.length < options.maxDigits) {
    const timeoutMs = digits === '' ? options.firstDigitTimeoutMs : options.interDigitTimeoutMs;
    const digit = await queue.take(timeoutMs, signal);
    if (digit === null) return { digits, cause: 'timeout' };
    if (options.terminators.includes(digit)) return { digits, cause: 'terminator' };
    digits += digit;
  }
  // A terminator that was typed right after the last digit belongs to this entry, not to the next node.
  const next = queue.waiting[0];
  if (next !== undefined && options.terminators.includes(next)) queue.poll();
  return { digits, cause: 'count' };
}
