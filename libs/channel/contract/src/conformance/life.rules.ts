import { CAUSE_OF_HANG_UP, HANG_UP_CAUSES } from '../words.js';
import { DEAF, never, PLAY, PROMPT_END_MS, RECORD, rule } from './bench.js';

const RING = { durationMs: 0, earlyMedia: false, ringtone: [], repeat: false, codecs: [] } as const;

/** How a call begins, is answered, and ends. */
export const lifeRules = [
  rule('life/incoming', 'an incoming call stands before anything was done with it', async (bench) => {
    const { channel, caller } = await bench.incoming({ headers: { 'X-Ticket': ['7', '8'] } });
    bench.expect(channel.direction).toBe('inbound');
    bench.expect(channel.state).toBe('incoming');
    bench.expect(channel.cause).toBe(null);
    bench.expect(channel.caller.name).toBe('caller');
    bench.expect(channel.caller.hasAudio).toBe(false);
    bench.expect(channel.leg('caller') === channel.caller).toBe(true);
    bench.expect(caller.state).toBe('calling');
    const ticket = Object.entries(channel.headers).find(([name]) => name.toLowerCase() === 'x-ticket');
    bench.expect(ticket?.[1]).toEqual(['7', '8']);
  }),
  rule('life/first-event', "the first subscriber hears first that the caller's leg was added", async (bench) => {
    const { channel } = await bench.incoming();
    bench.expect(bench.events(channel)[0]).toMatchObject({ name: 'leg.added', leg: 'caller' });
  }),
  rule('life/ring', 'ringing is told to the far end and as a state', async (bench) => {
    const { channel, caller } = await bench.incoming();
    await bench.soon(channel.caller.ring(RING, never()));
    await bench.until(() => caller.state === 'ringing');
    bench.expect(channel.state).toBe('ringing');
    bench.expect(bench.event(channel, 'call.state-changed')).toMatchObject({ from: 'incoming', to: 'ringing' });
  }),
  rule('life/ring-duration', 'ring with a duration resolves after it', async (bench) => {
    const { channel } = await bench.incoming();
    const { ms } = await bench.timed(() => channel.caller.ring({ ...RING, durationMs: 400 }, never()));
    bench.about(ms, 400);
  }),
  rule('life/ring-abort', 'ring resolves when aborted', async (bench) => {
    const { channel } = await bench.incoming();
    const abort = new AbortController();
    const ringing = channel.caller.ring({ ...RING, durationMs: 60_000 }, abort.signal);
    await bench.wait(100);
    abort.abort();
    await bench.soon(ringing, PROMPT_END_MS);
  }),
  rule(
    'life/early-media',
    'with early media the ringtone is heard before the answer, and ends with it',
    async (bench) => {
      const { channel, caller } = await bench.incoming();
      const { earlyMedia } = await bench.soon(
        channel.caller.ring({ ...RING, earlyMedia: true, ringtone: bench.tone(600, 300), repeat: true }, never()),
      );
      bench.expect(earlyMedia).toBe(true);
      bench.expect(channel.caller.hasAudio).toBe(true);
      await bench.wait(700);
      bench.about(caller.heardMs(600), 700, 40);
      await bench.soon(channel.caller.answer({ headers: {} }));
      await bench.wait(100);
      const heard = caller.heardMs(600);
      await bench.wait(300);
      bench.about(caller.heardMs(600), heard, 20);
    },
  ),
  rule('life/ringtone-length', 'ring without a duration lasts as long as the ringtone', async (bench) => {
    const { channel, caller } = await bench.incoming();
    const { ms } = await bench.timed(() =>
      channel.caller.ring({ ...RING, durationMs: null, earlyMedia: true, ringtone: bench.tone(600, 500) }, never()),
    );
    bench.about(ms, 500);
    bench.about(caller.heardMs(600), 500, 40);
  }),
  rule('life/ring-answered', 'a leg that is answered cannot ring', async (bench) => {
    const { channel } = await bench.answered();
    await bench.refuses(channel.caller.ring(RING, never()), 'call.wrong-state');
  }),
  rule('life/answer', 'answer opens the audio and is told', async (bench) => {
    const { channel, caller } = await bench.incoming();
    await bench.soon(channel.caller.answer({ headers: { 'X-Answer': ['yes'] } }));
    await bench.until(() => caller.state === 'answered');
    bench.expect(channel.state).toBe('answered');
    bench.expect(channel.caller.state).toBe('answered');
    bench.expect(channel.caller.hasAudio).toBe(true);
    bench.expect(typeof channel.caller.codec).toBe('string');
    bench.expect(bench.event(channel, 'call.answered').leg).toBe('caller');
    const answer = Object.entries(caller.answerHeaders).find(([name]) => name.toLowerCase() === 'x-answer');
    bench.expect(answer?.[1]).toEqual(['yes']);
  }),
  rule('life/answer-twice', 'answering an answered leg resolves at once and tells nothing', async (bench) => {
    const { channel } = await bench.answered();
    const before = bench.events(channel).length;
    await bench.soon(channel.caller.answer({ headers: {} }));
    bench.expect(bench.events(channel).length).toBe(before);
  }),
  rule('life/refusals', 'hanging up before the answer tells the far end why', async (bench) => {
    for (const cause of HANG_UP_CAUSES) {
      const { channel, caller } = await bench.incoming();
      await bench.soon(channel.hangUp(cause));
      await bench.until(() => caller.state === 'ended');
      // Before an answer there is no "normal" end: a caller that is refused without a reason hears that we declined.
      bench.expect(caller.refusal).toBe(cause === 'normal' ? 'declined' : CAUSE_OF_HANG_UP[cause]);
      bench.expect(channel.cause).toBe(CAUSE_OF_HANG_UP[cause]);
    }
  }),
  rule('life/hang-up', 'hanging up ends the far end, every leg and the call', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    await bench.soon(channel.hangUp('normal'));
    await bench.until(() => caller.state === 'ended' && agent.state === 'ended');
    bench.expect(channel.state).toBe('ended');
    bench.expect(channel.cause).toBe('normal');
    bench.expect(channel.legs.map((leg) => leg.state)).toEqual(['ended', 'ended']);
    bench.expect(channel.leg('agent')).toBe(undefined);
    bench.expect(bench.event(channel, 'call.channel-ended')).toMatchObject({ cause: 'normal', endedBy: 'system' });
  }),
  rule('life/hang-up-often', 'hanging up can be asked any number of times', async (bench) => {
    const { channel } = await bench.answered();
    await bench.soon(Promise.all([channel.hangUp('normal'), channel.hangUp('busy'), channel.caller.hangUp('normal')]));
    await bench.soon(channel.hangUp('normal'));
    bench.expect(bench.names(channel).filter((name) => name === 'call.channel-ended').length).toBe(1);
    bench.expect(bench.names(channel).filter((name) => name === 'leg.ended').length).toBe(1);
  }),
  rule('life/far-end-hangs-up', 'a hang-up of the caller ends the call, and releases every leg', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    await bench.until(() => agent.state === 'ended');
    bench.expect(channel.cause).toBe('normal');
    bench.expect(bench.event(channel, 'call.channel-ended')).toMatchObject({ cause: 'normal', endedBy: 'caller' });
  }),
  rule('life/caller-gives-up', 'a caller who gives up before the answer ends the call as cancelled', async (bench) => {
    const { channel, caller } = await bench.incoming();
    await bench.soon(channel.caller.ring(RING, never()));
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    bench.expect(channel.cause).toBe('cancelled');
    bench.expect(bench.event(channel, 'call.channel-ended')).toMatchObject({ cause: 'cancelled', endedBy: 'caller' });
  }),
  rule('life/last-event', 'the end of the channel is the last event, after the end of each leg', async (bench) => {
    const { channel, caller } = await bench.withAgent();
    const playing = channel.caller.play(bench.tone(500, 5_000), PLAY, never());
    await bench.wait(100);
    await caller.hangUp();
    await bench.soon(playing);
    await bench.until(() => channel.state === 'ended');
    await bench.wait(200);
    const names = bench.names(channel);
    bench.expect(names.at(-1)).toBe('call.channel-ended');
    bench.expect(names.filter((name) => name === 'leg.ended').length).toBe(2);
    bench.expect(names.filter((name) => name === 'prompt.ended').length).toBe(1);
    bench.expect(names.filter((name) => name === 'call.channel-ended').length).toBe(1);
  }),
  rule('life/states-told', 'states are told in order, each from where the last one led', async (bench) => {
    const { channel, caller } = await bench.incoming();
    await bench.soon(channel.caller.ring(RING, never()));
    await bench.soon(channel.caller.answer({ headers: {} }));
    await bench.until(() => caller.state === 'answered');
    await caller.hangUp();
    await bench.until(() => bench.names(channel).at(-1) === 'call.channel-ended');
    const states = bench
      .events(channel)
      .flatMap((event) => (event.name === 'call.state-changed' ? [event.from, event.to] : []));
    bench.expect(states).toEqual(['incoming', 'ringing', 'ringing', 'answered', 'answered', 'ended']);
  }),
  rule('life/gone', 'after its end each operation on a leg rejects with call.gone', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    const leg = channel.caller;
    const signal = never();
    await bench.refuses(leg.ring(RING, signal), 'call.gone');
    await bench.refuses(leg.answer({ headers: {} }), 'call.gone');
    await bench.refuses(leg.play(bench.tone(500, 100), DEAF, signal), 'call.gone');
    await bench.refuses(leg.record(RECORD, signal), 'call.gone');
    await bench.refuses(leg.startRecording({ name: 'whole' }), 'call.gone');
    await bench.refuses(leg.sendDigits('1', { durationMs: 100, gapMs: 50 }, signal), 'call.gone');
    await bench.refuses(leg.hold(), 'call.gone');
    await bench.refuses(leg.resume(), 'call.gone');
    await bench.refuses(leg.sendMessage('hello'), 'call.gone');
    await bench.refuses(bench.dial(channel, (await bench.harness.callee('answers')).to), 'call.gone');
    bench.expect(await bench.soon(leg.digits.take(1_000, signal), PROMPT_END_MS)).toBe(null);
  }),
  rule('life/not-answered', 'a media operation before there is audio rejects with call.not-answered', async (bench) => {
    const { channel } = await bench.incoming();
    const leg = channel.caller;
    await bench.refuses(leg.play(bench.tone(500, 100), PLAY, never()), 'call.not-answered');
    await bench.refuses(leg.record(RECORD, never()), 'call.not-answered');
    await bench.refuses(leg.startRecording({ name: 'whole' }), 'call.not-answered');
    await bench.refuses(leg.sendDigits('1', { durationMs: 100, gapMs: 50 }, never()), 'call.not-answered');
  }),
  rule('life/two-calls', 'calls at the same time do not touch each other', async (bench) => {
    const first = await bench.answered();
    const second = await bench.answered();
    await first.caller.hangUp();
    await bench.until(() => first.channel.state === 'ended');
    bench.expect(second.channel.state).toBe('answered');
    const { value } = await bench.timed(() => second.channel.caller.play(bench.tone(500, 200), DEAF, never()));
    bench.expect(value.reason).toBe('end');
    bench.expect(first.channel.id === second.channel.id).toBe(false);
  }),
];
