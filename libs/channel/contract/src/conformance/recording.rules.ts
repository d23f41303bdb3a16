import { never, PROMPT_END_MS, RECORD, rule } from './bench.js';

/** What is recorded, and what ends it. */
export const recordingRules = [
  rule('recording/silence', 'silence ends a recording, and speech was detected before it', async (bench) => {
    const { channel, caller } = await bench.answered();
    const recording = channel.caller.record({ ...RECORD, silenceMs: 600 }, never());
    await bench.wait(100);
    caller.talk(700, 800);
    const result = await bench.soon(recording);
    bench.expect(result).toMatchObject({ name: 'message', cause: 'silence', audioDetected: true });
    bench.about(result.durationMs, 1_500, 150);
    bench.expect(bench.event(channel, 'recording.started')).toMatchObject({ recording: 'message', leg: 'caller' });
    bench.expect(bench.event(channel, 'recording.ended')).toMatchObject({ recording: 'message', cause: 'silence' });
  }),
  rule('recording/no-audio', 'a recording of nothing says so', async (bench) => {
    const { channel } = await bench.answered();
    const result = await bench.soon(channel.caller.record({ ...RECORD, silenceMs: 500 }, never()));
    bench.expect(result).toMatchObject({ cause: 'silence', audioDetected: false });
  }),
  rule('recording/max', 'a recording ends at its greatest length', async (bench) => {
    const { channel, caller } = await bench.answered();
    caller.talk(700, 2_000);
    const result = await bench.soon(channel.caller.record({ ...RECORD, maxMs: 700, silenceMs: 5_000 }, never()));
    bench.expect(result).toMatchObject({ cause: 'max', audioDetected: true });
    bench.about(result.durationMs, 700, 60);
  }),
  rule(
    'recording/terminator',
    'a terminator ends a recording and is taken; other keys do not and are kept',
    async (bench) => {
      const { channel, caller } = await bench.answered();
      const recording = channel.caller.record({ ...RECORD, terminators: ['#', '*'] }, never());
      await bench.wait(300);
      await caller.press('7');
      await bench.wait(200);
      await caller.press('#');
      bench.expect((await bench.soon(recording, 300)).cause).toBe('terminator');
      await bench.wait(100);
      bench.expect(channel.caller.digits.waiting).toBe('7');
    },
  ),
  rule('recording/hang-up', 'a hang-up ends a recording, which keeps what was heard', async (bench) => {
    const { channel, caller } = await bench.answered();
    const recording = channel.caller.record(RECORD, never());
    caller.talk(700, 500);
    await bench.wait(600);
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    const result = await bench.soon(recording, PROMPT_END_MS);
    bench.expect(result).toMatchObject({ cause: 'hang-up', audioDetected: true });
    bench.about(result.durationMs, 600, 150);
    const names = bench.names(channel);
    bench.expect(names.indexOf('recording.ended') < names.indexOf('call.channel-ended')).toBe(true);
  }),
  rule('recording/abort', 'an abort ends a recording, which keeps what was heard', async (bench) => {
    const { channel } = await bench.answered();
    const abort = new AbortController();
    const recording = channel.caller.record(RECORD, abort.signal);
    await bench.wait(500);
    abort.abort();
    const result = await bench.soon(recording, PROMPT_END_MS);
    bench.expect(result.cause).toBe('stopped');
    bench.about(result.durationMs, 500, 100);
  }),
  rule(
    'recording/replay',
    'a recording can be played by its name in the same call, and is what the far end said',
    async (bench) => {
      const { channel, caller } = await bench.answered();
      caller.talk(700, 600);
      await bench.soon(channel.caller.record({ ...RECORD, maxMs: 500 }, never()));
      const { value } = await bench.timed(() =>
        channel.caller.play([{ play: 'message' }], { bargeIn: false, loop: 1 }, never()),
      );
      bench.expect(value.reason).toBe('end');
      bench.about(value.playedMs, 500, 100);
      await bench.wait(100);
      bench.about(caller.heardMs(700), 500, 100);
    },
  ),
  rule('recording/names', 'a name is used once in a call', async (bench) => {
    const { channel } = await bench.answered();
    await bench.soon(channel.caller.record({ ...RECORD, maxMs: 200 }, never()));
    await bench.refuses(channel.caller.record(RECORD, never()), 'call.recording-exists');
    const other = await bench.answered();
    await bench.soon(other.channel.caller.record({ ...RECORD, maxMs: 200 }, never()));
  }),
  rule('recording/one-at-a-time', 'a leg is recorded once at a time', async (bench) => {
    const { channel } = await bench.answered();
    const whole = await bench.soon(channel.caller.startRecording({ name: 'whole' }));
    await bench.refuses(channel.caller.startRecording({ name: 'second' }), 'call.already-recording');
    await bench.refuses(channel.caller.record({ ...RECORD, name: 'third' }, never()), 'call.already-recording');
    await bench.soon(whole.stop());
    await bench.soon(channel.caller.record({ ...RECORD, name: 'fourth', maxMs: 100 }, never()));
  }),
  rule('recording/whole', 'a recording of both sides runs until it is stopped', async (bench) => {
    const { channel } = await bench.answered();
    const whole = await bench.soon(channel.caller.startRecording({ name: 'whole' }));
    bench.expect(whole.name).toBe('whole');
    await bench.soon(channel.caller.play(bench.tone(500, 400), { bargeIn: false, loop: 1 }, never()));
    await bench.wait(200);
    const { durationMs } = await bench.soon(whole.stop());
    bench.about(durationMs, 600, 100);
    bench.expect((await bench.soon(whole.stop())).durationMs).toBe(durationMs);
    bench.expect(bench.event(channel, 'recording.ended')).toMatchObject({ recording: 'whole', cause: 'stopped' });
  }),
  rule('recording/whole-hang-up', 'the end of the leg ends a recording of both sides', async (bench) => {
    const { channel, caller } = await bench.answered();
    await bench.soon(channel.caller.startRecording({ name: 'whole' }));
    await bench.wait(300);
    await caller.hangUp();
    await bench.until(() => bench.names(channel).at(-1) === 'call.channel-ended');
    bench.expect(bench.event(channel, 'recording.ended')).toMatchObject({ recording: 'whole', cause: 'hang-up' });
  }),
  rule('recording/beep', 'the beep is heard before a recording, and is not a part of it', async (bench) => {
    const { channel } = await bench.answered();
    const { value, ms } = await bench.timed(() =>
      channel.caller.record({ ...RECORD, beep: true, maxMs: 300 }, never()),
    );
    bench.about(value.durationMs, 300, 60);
    bench.expect(ms).toBeGreaterThanOrEqual(300 + 50);
    bench.expect(value.audioDetected).toBe(false);
  }),
];
