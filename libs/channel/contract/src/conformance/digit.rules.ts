import { DIGIT_QUEUE_LIMIT } from '../digit-queue.js';
import { DIGITS } from '../words.js';
import { DEAF, never, PROMPT_END_MS, rule } from './bench.js';

/** Keys, both ways. */
export const digitRules = [
  rule('digits/received', 'each key press is told once, in order, and waits in the queue', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.press('1123#');
    await bench.until(() => channel.caller.digits.length === 5);
    await bench.wait(200);
    const told = bench.events(channel).flatMap((event) => (event.name === 'digit.received' ? [event] : []));
    bench.expect(told.map((event) => event.digit).join('')).toBe('1123#');
    bench.expect(told.every((event) => event.leg === 'caller' && event.durationMs > 0)).toBe(true);
    bench.expect(channel.caller.digits.waiting).toBe('1123#');
  }),
  rule('digits/all-keys', 'every key of a telephone is known', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.press(DIGITS);
    await bench.until(() => channel.caller.digits.length === DIGITS.length);
    bench.expect(channel.caller.digits.waiting).toBe(DIGITS);
  }),
  rule('digits/take', 'take gives a digit that waits at once, or the next one that is pressed', async (bench) => {
    const { channel, caller } = await bench.answered();
    const { digits } = channel.caller;
    await caller.press('4');
    await bench.until(() => digits.length === 1);
    bench.expect(await bench.soon(digits.take(5_000, never()), PROMPT_END_MS)).toBe('4');
    const taken = digits.take(5_000, never());
    await bench.wait(200);
    await caller.press('6');
    bench.expect(await bench.soon(taken, 300)).toBe('6');
    bench.expect(digits.length).toBe(0);
  }),
  rule('digits/timeout', 'take gives null when its time is over', async (bench) => {
    const { channel } = await bench.answered();
    const { value, ms } = await bench.timed(() => channel.caller.digits.take(400, never()));
    bench.expect(value).toBe(null);
    bench.about(ms, 400);
  }),
  rule('digits/abort', 'take gives null when aborted, and takes nothing', async (bench) => {
    const { channel, caller } = await bench.answered();
    const abort = new AbortController();
    const taken = channel.caller.digits.take(60_000, abort.signal);
    abort.abort();
    bench.expect(await bench.soon(taken, PROMPT_END_MS)).toBe(null);
    await caller.press('1');
    await bench.until(() => channel.caller.digits.length === 1);
    bench.expect(await bench.soon(channel.caller.digits.take(1_000, abort.signal), PROMPT_END_MS)).toBe(null);
    bench.expect(channel.caller.digits.waiting).toBe('1');
  }),
  rule('digits/hang-up', 'take gives null when the leg ends', async (bench) => {
    const { channel, caller } = await bench.answered();
    const taken = channel.caller.digits.take(60_000, never());
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    bench.expect(await bench.soon(taken, PROMPT_END_MS)).toBe(null);
  }),
  rule('digits/poll-and-clear', 'poll takes one without waiting, clear takes all', async (bench) => {
    const { channel, caller } = await bench.answered();
    const { digits } = channel.caller;
    bench.expect(digits.poll()).toBe(null);
    await caller.press('123');
    await bench.until(() => digits.length === 3);
    bench.expect(digits.poll()).toBe('1');
    digits.clear();
    bench.expect(digits.length).toBe(0);
    bench.expect(DIGIT_QUEUE_LIMIT).toBe(256);
  }),
  rule('digits/sent', 'digits are sent to the far end, which gets each once', async (bench) => {
    const { channel, caller } = await bench.answered();
    const { ms } = await bench.timed(() => channel.caller.sendDigits('12#', { durationMs: 100, gapMs: 100 }, never()));
    bench.about(ms, 500, 120);
    await bench.wait(200);
    bench.expect(caller.digitsHeard).toBe('12#');
  }),
  rule('digits/sent-bad', 'what is not a digit is refused, and nothing is sent', async (bench) => {
    const { channel, caller } = await bench.answered();
    await bench.refuses(channel.caller.sendDigits('12x', { durationMs: 100, gapMs: 100 }, never()), 'call.bad-digits');
    await bench.wait(300);
    bench.expect(caller.digitsHeard).toBe('');
  }),
  rule('digits/sent-abort', 'sending ends when aborted', async (bench) => {
    const { channel, caller } = await bench.answered();
    const abort = new AbortController();
    const sending = channel.caller.sendDigits('1234567890', { durationMs: 200, gapMs: 200 }, abort.signal);
    await bench.wait(500);
    abort.abort();
    await bench.soon(sending, PROMPT_END_MS);
    await bench.wait(500);
    bench.expect(caller.digitsHeard.length).toBeLessThanOrEqual(3);
  }),
  rule('digits/while-playing', 'digits are detected while a prompt plays', async (bench) => {
    const { channel, caller } = await bench.answered();
    const playing = channel.caller.play(bench.tone(500, 800), DEAF, never());
    await bench.wait(100);
    await caller.press('9');
    await bench.soon(playing);
    await bench.until(() => channel.caller.digits.waiting === '9');
  }),
];
