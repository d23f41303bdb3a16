import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '@callwright/kernel';
import { createDigitQueue, DIGIT_QUEUE_LIMIT } from './digit-queue.js';
import { passTime } from './fake/pass-time.js';

const never = new AbortController().signal;

describe('the digit queue', () => {
  it('keeps what nobody takes, up to its limit', () => {
    const queue = createDigitQueue(new VirtualClock());
    for (let press = 0; press < DIGIT_QUEUE_LIMIT + 10; press += 1) queue.push(String(press % 10));
    expect(queue.length).toBe(256);
    expect(queue.waiting.startsWith('0123456789')).toBe(true);
    expect(queue.waiting.endsWith('345')).toBe(true);
  });

  it('serves who waits in the order in which they came', async () => {
    const queue = createDigitQueue(new VirtualClock());
    const taken = Promise.all([queue.take(100, never), queue.take(100, never)]);
    queue.push('1');
    queue.push('2');
    queue.push('3');
    expect(await taken).toEqual(['1', '2']);
    expect(queue.waiting).toBe('3');
  });

  it('does not give a digit to somebody whose time is over', async () => {
    const clock = new VirtualClock();
    const queue = createDigitQueue(clock);
    const late = queue.take(100, never);
    await passTime(clock, 100);
    queue.push('1');
    expect(await late).toBe(null);
    expect(queue.waiting).toBe('1');
    expect(clock.next()).toBe(undefined);
  });

  it('leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const queue = createDigitQueue(clock);
    const abort = new AbortController();
    const taken = [queue.take(1_000, never), queue.take(1_000, abort.signal), queue.take(1_000, never)];
    queue.push('1');
    abort.abort();
    queue.close();
    expect(await Promise.all(taken)).toEqual(['1', null, null]);
    expect(clock.next()).toBe(undefined);
  });

  it('waits for ever only when told to', async () => {
    const clock = new VirtualClock();
    const queue = createDigitQueue(clock);
    expect(await queue.take(0, never)).toBe(null);
    const taken = queue.take(Infinity, never);
    await passTime(clock, 1e12);
    queue.push('5');
    expect(await taken).toBe('5');
  });

  it('lets an operation keep digits for itself, the latest first', () => {
    const queue = createDigitQueue(new VirtualClock());
    const seen: string[] = [];
    const outer = queue.intercept((digit) => seen.push(`outer ${digit}`) > 0);
    const inner = queue.intercept((digit) => digit === '#');
    queue.push('#');
    queue.push('1');
    inner();
    queue.push('#');
    outer();
    queue.push('2');
    expect(seen).toEqual(['outer 1', 'outer #']);
    expect(queue.waiting).toBe('2');
  });

  it('gives a key first to who saw it go down, then to who came later', () => {
    const queue = createDigitQueue(new VirtualClock());
    const seen: string[] = [];
    const earlier = queue.intercept((digit) => seen.push(`earlier ${digit}`) > 0, { owed: true });
    queue.intercept((digit) => seen.push(`later ${digit}`) > 0);
    queue.push('#');
    earlier();
    queue.push('#');
    expect(seen).toEqual(['earlier #', 'later #']);
  });

  it('queues nothing after its end, and keeps what was there', async () => {
    const queue = createDigitQueue(new VirtualClock());
    queue.push('1');
    queue.close();
    queue.push('2');
    expect(await queue.take(1_000, never)).toBe('1');
    expect(await queue.take(1_000, never)).toBe(null);
  });

  it('neither loses nor doubles nor reorders a digit', async () => {
    const action = fc.oneof(
      fc.record({ press: fc.constantFrom(...'0123456789*#') }),
      fc.record({ take: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ wait: fc.integer({ min: 0, max: 50 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        const clock = new VirtualClock();
        const queue = createDigitQueue(clock);
        let pressed = '';
        const taken: Promise<string | null>[] = [];
        for (const step of actions) {
          if ('press' in step) queue.push(step.press);
          if ('press' in step) pressed += step.press;
          if ('take' in step) taken.push(queue.take(step.take, never));
          if ('wait' in step) clock.advance(step.wait);
        }
        clock.advance(100);
        const got = (await Promise.all(taken)).filter((digit) => digit !== null).join('');
        expect(got + queue.waiting).toBe(pressed);
      }),
    );
  });
});
