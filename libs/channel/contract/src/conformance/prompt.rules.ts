import { DEAF, never, PLAY, PROMPT_END_MS, rule } from './bench.js';

/** What the far end hears of a prompt. */
export const promptRules = [
  rule('prompts/heard', 'a prompt is heard for its length, and its beginning and end are told', async (bench) => {
    const { channel, caller } = await bench.answered();
    const parts = bench.tone(500, 800);
    const { value, ms } = await bench.timed(() => channel.caller.play(parts, DEAF, never()));
    bench.expect(value.reason).toBe('end');
    bench.about(value.playedMs, 800, 20);
    bench.about(ms, 800);
    await bench.wait(100);
    bench.about(caller.heardMs(500), 800, 60);
    bench.expect(bench.event(channel, 'prompt.started')).toMatchObject({ leg: 'caller', parts });
    bench.expect(bench.event(channel, 'prompt.ended')).toMatchObject({ leg: 'caller', reason: 'end' });
  }),
  rule('prompts/parts', 'parts follow each other without a gap, and silence is silent', async (bench) => {
    const { channel, caller } = await bench.answered();
    const prompt = [...bench.tone(500, 300), { silence: 200 }, ...bench.tone(1_000, 300)];
    const { ms } = await bench.timed(() => channel.caller.play(prompt, DEAF, never()));
    bench.about(ms, 800);
    await bench.wait(100);
    bench.about(caller.heardMs(500), 300, 60);
    bench.about(caller.heardMs(1_000), 300, 60);
  }),
  rule('prompts/loop', 'a loop plays the whole prompt that often', async (bench) => {
    const { channel, caller } = await bench.answered();
    const { value, ms } = await bench.timed(() =>
      channel.caller.play(bench.tone(500, 200), { ...DEAF, loop: 3 }, never()),
    );
    bench.expect(value.reason).toBe('end');
    bench.about(ms, 600);
    await bench.wait(100);
    bench.about(caller.heardMs(500), 600, 60);
  }),
  rule('prompts/for-ever', 'loop 0 plays until aborted', async (bench) => {
    const { channel } = await bench.answered();
    const abort = new AbortController();
    const playing = channel.caller.play(bench.tone(500, 100), { ...DEAF, loop: 0 }, abort.signal);
    await bench.wait(700);
    bench.expect(bench.names(channel).includes('prompt.ended')).toBe(false);
    abort.abort();
    bench.expect((await bench.soon(playing, PROMPT_END_MS)).reason).toBe('stopped');
  }),
  rule('prompts/tones', 'a tone that goes on for ever has an end in a prompt that has one', async (bench) => {
    const { channel, caller } = await bench.answered();
    const prompt = [{ tone: 'busy' as const }, ...bench.tone(900, 300)];
    const { value } = await bench.timed(() => channel.caller.play(prompt, DEAF, never()));
    bench.expect(value.reason).toBe('end');
    await bench.wait(100);
    bench.about(caller.heardMs(900), 300, 60);
    const abort = new AbortController();
    const forEver = channel.caller.play([{ tone: 'busy' }], { ...DEAF, loop: 0 }, abort.signal);
    await bench.wait(2_500);
    bench.expect(bench.names(channel).filter((name) => name === 'prompt.ended').length).toBe(1);
    abort.abort();
    bench.expect((await bench.soon(forEver, PROMPT_END_MS)).reason).toBe('stopped');
  }),
  rule('prompts/abort', 'an abort stops the sound and resolves with what was played', async (bench) => {
    const { channel, caller } = await bench.answered();
    const abort = new AbortController();
    const playing = channel.caller.play(bench.tone(500, 5_000), PLAY, abort.signal);
    await bench.wait(500);
    abort.abort();
    const result = await bench.soon(playing, PROMPT_END_MS);
    bench.expect(result.reason).toBe('stopped');
    bench.about(result.playedMs, 500, 40);
    await bench.wait(100);
    const heard = caller.heardMs(500);
    await bench.wait(300);
    bench.about(caller.heardMs(500), heard, 20);
    bench.expect(bench.event(channel, 'prompt.ended').reason).toBe('stopped');
  }),
  rule('prompts/aborted-before', 'a signal that is aborted already plays nothing and tells nothing', async (bench) => {
    const { channel } = await bench.answered();
    const abort = new AbortController();
    abort.abort();
    const result = await bench.soon(channel.caller.play(bench.tone(500, 500), PLAY, abort.signal), PROMPT_END_MS);
    bench.expect(result.reason).toBe('stopped');
    bench.expect(bench.names(channel).includes('prompt.started')).toBe(false);
  }),
  rule('prompts/barge-in', 'a digit ends a prompt that may be interrupted, and stays in the queue', async (bench) => {
    const { channel, caller } = await bench.answered();
    const playing = channel.caller.play(bench.tone(500, 5_000), PLAY, never());
    await bench.wait(400);
    await caller.press('5');
    const result = await bench.soon(playing, 300);
    bench.expect(result.reason).toBe('barge-in');
    bench.expect(await bench.soon(channel.caller.digits.take(300, never()))).toBe('5');
    bench.expect(bench.event(channel, 'prompt.ended').reason).toBe('barge-in');
  }),
  rule('prompts/type-ahead', 'a digit that waits already keeps such a prompt from beginning', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.press('5');
    await bench.until(() => channel.caller.digits.length === 1);
    const result = await bench.soon(channel.caller.play(bench.tone(500, 1_000), PLAY, never()), PROMPT_END_MS);
    bench.expect(result).toEqual({ reason: 'barge-in', playedMs: 0 });
    bench.expect(bench.names(channel).includes('prompt.started')).toBe(false);
    bench.expect(channel.caller.digits.waiting).toBe('5');
  }),
  rule(
    'prompts/no-barge-in',
    'a digit does not end a prompt that may not be interrupted, and is kept',
    async (bench) => {
      const { channel, caller } = await bench.answered();
      const playing = channel.caller.play(bench.tone(500, 700), DEAF, never());
      await bench.wait(100);
      await caller.press('5');
      const result = await bench.soon(playing);
      bench.expect(result.reason).toBe('end');
      bench.about(result.playedMs, 700, 20);
      bench.expect(channel.caller.digits.waiting).toBe('5');
    },
  ),
  rule(
    'prompts/one-at-a-time',
    'a second prompt on a leg rejects with call.busy-playing, and the first goes on',
    async (bench) => {
      const { channel } = await bench.answered();
      const first = channel.caller.play(bench.tone(500, 500), DEAF, never());
      await bench.wait(50);
      await bench.refuses(channel.caller.play(bench.tone(900, 100), DEAF, never()), 'call.busy-playing');
      bench.expect((await bench.soon(first)).reason).toBe('end');
    },
  ),
  rule('prompts/not-found', 'a media file that does not exist is refused before a sample is played', async (bench) => {
    const { channel, caller } = await bench.answered();
    const prompt = [...bench.tone(500, 500), { play: 'no-such-file' }];
    const error = await bench.refuses(channel.caller.play(prompt, PLAY, never()), 'media.not-found');
    bench.expect(error.details).toMatchObject({ name: 'no-such-file' });
    await bench.wait(200);
    bench.about(caller.heardMs(500), 0, 20);
    bench.expect(bench.names(channel).includes('prompt.started')).toBe(false);
  }),
  rule('prompts/empty', 'a prompt without sound ends at once and tells nothing', async (bench) => {
    const { channel } = await bench.answered();
    const result = await bench.soon(channel.caller.play([], { ...PLAY, loop: 0 }, never()), PROMPT_END_MS);
    bench.expect(result).toEqual({ reason: 'end', playedMs: 0 });
    bench.expect(bench.names(channel).includes('prompt.started')).toBe(false);
  }),
  rule('prompts/early-media', 'with early media a prompt is heard before the answer', async (bench) => {
    const { channel, caller } = await bench.incoming();
    const ring = { durationMs: 0, earlyMedia: true, ringtone: bench.tone(600, 100), repeat: true, codecs: [] };
    await bench.soon(channel.caller.ring(ring, never()));
    const { value } = await bench.timed(() => channel.caller.play(bench.tone(500, 400), DEAF, never()));
    bench.expect(value.reason).toBe('end');
    await bench.wait(100);
    bench.about(caller.heardMs(500), 400, 60);
    bench.expect(caller.state).toBe('ringing');
  }),
  rule('prompts/hang-up', 'a hang-up stops a prompt that runs', async (bench) => {
    const { channel, caller } = await bench.answered();
    const playing = channel.caller.play(bench.tone(500, 5_000), PLAY, never());
    await bench.wait(300);
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    bench.expect((await bench.soon(playing, PROMPT_END_MS)).reason).toBe('stopped');
  }),
];
