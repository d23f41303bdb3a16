import { describe, expect, it } from 'vitest';
import { FAX_PROFILES, profileAfter, RETRY_AFTER_MS, retryAfterMs } from './policy.js';
import { readFaxOptions } from '../options/read.js';

describe('how often a fax is tried', () => {
  it('depends on why it failed, each reason counted apart', () => {
    expect(retryAfterMs('busy', [])).toBe(60_000);
    expect(retryAfterMs('busy', ['busy', 'no-answer'])).toBe(120_000);
    expect(retryAfterMs('not-fax', ['not-fax'])).toBe(null);
    expect(retryAfterMs('no-answer', ['busy', 'busy', 'busy'])).toBe(300_000);
  });

  it('is not at all for what would fail again, and never for ever', () => {
    for (const outcome of ['sent', 'aborted', 'bad-options', 'failed'] as const)
      expect(retryAfterMs(outcome, [])).toBe(null);
    for (const [outcome, waits] of Object.entries(RETRY_AFTER_MS))
      expect(
        retryAfterMs(
          outcome as 'busy',
          Array.from(waits, () => outcome as 'busy'),
        ),
      ).toBe(null);
  });
});

describe('how a destination is faxed', () => {
  it('goes down step by step when the line is the trouble, and stays where it went well', () => {
    expect(profileAfter(0, 'line-quality')).toBe(1);
    expect(profileAfter(3, 'negotiation-failed')).toBe(3);
    expect(profileAfter(2, 'sent')).toBe(2);
    expect(profileAfter(0, 'busy')).toBe(0);
    for (const options of FAX_PROFILES) expect(readFaxOptions(options).ok).toBe(true);
  });
});
