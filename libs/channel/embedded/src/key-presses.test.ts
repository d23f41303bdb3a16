import type { DigitMethod } from '@callwright/channel-contract';
import { describe, expect, it } from 'vitest';
import { KeyPresses } from './key-presses.js';

/** Which of `5 rfc4733 0` (key, method, when) are presses of their own. */
function pressed(...signs: string[]): string[] {
  const presses = new KeyPresses();
  return signs.filter((sign) => {
    const [digit, method, downAt] = sign.split(' ') as [string, DigitMethod, string];
    return presses.isNew(digit, method, Number(downAt));
  });
}

describe('a key', () => {
  it('that comes in two or three ways is one press', () => {
    expect(pressed('5 rfc4733 0', '5 info 20', '5 in-band 40')).toEqual(['5 rfc4733 0']);
  });

  it('that is pressed again is another press, also when a machine dials it', () => {
    expect(pressed('5 rfc4733 0', '5 info 5', '5 rfc4733 150', '5 info 155')).toEqual(['5 rfc4733 0', '5 rfc4733 150']);
  });

  it('that is pressed twice is two presses, also when both signs of one kind come first', () => {
    expect(pressed('5 rfc4733 0', '5 rfc4733 150', '5 info 0', '5 info 150')).toHaveLength(2);
  });

  it('of the same name much later, or another one, is another press', () => {
    expect(pressed('5 rfc4733 0', '6 info 10', '5 info 400')).toHaveLength(3);
  });
});
