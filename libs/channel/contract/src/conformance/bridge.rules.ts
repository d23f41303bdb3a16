import type { CallChannel, Leg } from '../channel.js';
import { DEAF, never, PROMPT_END_MS, rule } from './bench.js';

const agentOf = (channel: CallChannel): Leg => {
  const leg = channel.leg('agent');
  if (!leg) throw new Error('The call has no leg agent.');
  return leg;
};
const bridge = (channel: CallChannel, signal = never(), record: string | null = null) =>
  channel.bridge(channel.caller, agentOf(channel), { record }, signal);

/** Two legs that hear each other, and hold. */
export const bridgeRules = [
  rule('bridge/both-ways', 'both far ends hear each other', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const bridged = bridge(channel);
    await bench.wait(100);
    caller.talk(700, 600);
    agent.talk(1_100, 600);
    await bench.wait(900);
    bench.about(agent.heardMs(700), 600, 80);
    bench.about(caller.heardMs(1_100), 600, 80);
    bench.about(caller.heardMs(700), 0, 20);
    await agent.hangUp();
    await bench.soon(bridged);
  }),
  rule('bridge/agent-ends', 'the far end of the second leg ends it, and the caller stays', async (bench) => {
    const { channel, agent } = await bench.withAgent();
    const bridged = bridge(channel);
    await bench.wait(500);
    await agent.hangUp();
    const result = await bench.soon(bridged, PROMPT_END_MS + 200);
    bench.expect(result.endedBy).toBe('agent');
    bench.about(result.durationMs, 500, 100);
    bench.expect(channel.state).toBe('answered');
    const { value } = await bench.timed(() => channel.caller.play(bench.tone(500, 100), DEAF, never()));
    bench.expect(value.reason).toBe('end');
  }),
  rule('bridge/caller-ends', 'the caller ends it and the call', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const bridged = bridge(channel);
    await bench.wait(300);
    await caller.hangUp();
    bench.expect((await bench.soon(bridged, PROMPT_END_MS + 200)).endedBy).toBe('caller');
    await bench.until(() => channel.state === 'ended' && agent.state === 'ended');
  }),
  rule('bridge/abort', 'an abort takes them apart, both alive', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const abort = new AbortController();
    const bridged = bridge(channel, abort.signal);
    await bench.wait(300);
    abort.abort();
    bench.expect((await bench.soon(bridged, PROMPT_END_MS)).endedBy).toBe('system');
    bench.expect([channel.caller.state, agentOf(channel).state]).toEqual(['answered', 'answered']);
    await bench.wait(100);
    caller.talk(700, 300);
    await bench.wait(400);
    bench.about(agent.heardMs(700), 0, 20);
  }),
  rule(
    'bridge/transfer',
    'a call is transferred while its caller is handed over, and answered when it is back',
    async (bench) => {
      const { channel, agent } = await bench.withAgent();
      const bridged = channel.bridge(channel.caller, agentOf(channel), { record: null, transfer: true }, never());
      await bench.until(() => channel.state === 'transferred');
      bench.expect(channel.caller.state).toBe('answered');
      await bench.soon(channel.caller.hold());
      bench.expect(channel.state).toBe('held');
      await bench.soon(channel.caller.resume());
      bench.expect(channel.state).toBe('transferred');
      await agent.hangUp();
      await bench.soon(bridged);
      bench.expect(channel.state).toBe('answered');
      const states = bench.events(channel).flatMap((event) => (event.name === 'call.state-changed' ? [event.to] : []));
      bench.expect(states).toEqual(['answered', 'transferred', 'held', 'transferred', 'answered']);
    },
  ),
  rule('bridge/transfer-ended', 'a caller who hangs up while handed over ends a transferred call', async (bench) => {
    const { channel, caller } = await bench.withAgent();
    const bridged = channel.bridge(channel.caller, agentOf(channel), { record: null, transfer: true }, never());
    await bench.until(() => channel.state === 'transferred');
    await caller.hangUp();
    await bench.soon(bridged);
    await bench.until(() => bench.names(channel).at(-1) === 'call.channel-ended');
    const states = bench.events(channel).flatMap((event) => (event.name === 'call.state-changed' ? [event.from] : []));
    bench.expect(states.at(-1)).toBe('transferred');
  }),
  rule('bridge/digits', 'digits are detected on both legs', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const abort = new AbortController();
    const bridged = bridge(channel, abort.signal);
    await caller.press('1');
    await agent.press('2');
    await bench.until(() => channel.caller.digits.waiting === '1' && agentOf(channel).digits.waiting === '2');
    abort.abort();
    await bench.soon(bridged);
  }),
  rule(
    'bridge/play',
    'no prompt can be played while legs are connected, nor can they be connected while one plays',
    async (bench) => {
      const { channel } = await bench.withAgent();
      const playing = channel.caller.play(bench.tone(500, 300), DEAF, never());
      await bench.wait(50);
      await bench.refuses(bridge(channel), 'call.busy-playing');
      await bench.soon(playing);
      const abort = new AbortController();
      const bridged = bridge(channel, abort.signal);
      await bench.wait(50);
      await bench.refuses(channel.caller.play(bench.tone(500, 100), DEAF, never()), 'call.busy-playing');
      await bench.refuses(agentOf(channel).play(bench.tone(500, 100), DEAF, never()), 'call.busy-playing');
      abort.abort();
      await bench.soon(bridged);
    },
  ),
  rule('bridge/recorded', 'both sides of a bridge can be recorded', async (bench) => {
    const { channel, agent } = await bench.withAgent();
    const bridged = bridge(channel, never(), 'talk');
    await bench.wait(400);
    await agent.hangUp();
    await bench.soon(bridged);
    await bench.until(() => bench.names(channel).includes('recording.ended'));
    const ended = bench.event(channel, 'recording.ended');
    bench.expect(ended.recording).toBe('talk');
    bench.about(ended.durationMs, 400, 150);
  }),
  rule('hold/ours', 'a leg on hold hears nothing and is told as held', async (bench) => {
    const { channel, caller } = await bench.answered();
    await bench.soon(channel.caller.hold());
    bench.expect(channel.caller.onHold).toBe(true);
    bench.expect(channel.caller.state).toBe('held');
    bench.expect(channel.state).toBe('held');
    await bench.wait(100);
    const before = caller.heardMs(500);
    await bench.soon(channel.caller.play(bench.tone(500, 300), DEAF, never()));
    await bench.wait(100);
    bench.about(caller.heardMs(500), before, 20);
    await bench.soon(channel.caller.resume());
    bench.expect(channel.caller.onHold).toBe(false);
    bench.expect(channel.state).toBe('answered');
    await bench.soon(channel.caller.play(bench.tone(500, 300), DEAF, never()));
    await bench.wait(100);
    bench.about(caller.heardMs(500), before + 300, 60);
  }),
  rule('hold/music', 'a leg on hold hears the music that goes with it, and nothing else', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const abort = new AbortController();
    const bridged = bridge(channel, abort.signal);
    await bench.refuses(channel.caller.hold({ music: [{ play: 'none' }] }), 'media.not-found');
    bench.expect(channel.caller.onHold).toBe(false);
    await bench.soon(channel.caller.hold({ music: bench.tone(600, 200) }));
    await bench.wait(100);
    const before = caller.heardMs(600);
    agent.talk(1_100, 300);
    await bench.wait(600);
    bench.about(caller.heardMs(600), before + 600, 80);
    bench.about(caller.heardMs(1_100), 0, 20);
    bench.about(agent.heardMs(600), 0, 20);
    await bench.soon(channel.caller.resume());
    await bench.wait(100);
    const after = caller.heardMs(600);
    agent.talk(1_100, 300);
    await bench.wait(500);
    bench.about(caller.heardMs(1_100), 300, 80);
    bench.about(caller.heardMs(600), after, 20);
    abort.abort();
    await bench.soon(bridged);
  }),
  rule('hold/refused', 'a far end that refuses to be held is told as it is: not held, and heard', async (bench) => {
    const { channel, caller } = await bench.answered();
    caller.refuseHold();
    await bench.refuses(channel.caller.hold(), 'call.hold-refused');
    bench.expect([channel.caller.onHold, channel.caller.state, channel.state]).toEqual([false, 'answered', 'answered']);
    await bench.soon(channel.caller.play(bench.tone(500, 300), DEAF, never()));
    await bench.wait(100);
    bench.about(caller.heardMs(500), 300, 60);
  }),
  rule('hold/resume-refused', 'a far end that refuses to be taken back stays held', async (bench) => {
    const { channel, caller } = await bench.answered();
    await bench.soon(channel.caller.hold());
    caller.refuseHold();
    await bench.refuses(channel.caller.resume(), 'call.hold-refused');
    bench.expect([channel.caller.onHold, channel.caller.state, channel.state]).toEqual([true, 'held', 'held']);
  }),
  rule('hold/theirs', 'a far end may put us on hold and take us back', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.hold();
    await bench.until(() => channel.caller.onHold && channel.caller.state === 'held');
    await caller.resume();
    await bench.until(() => !channel.caller.onHold && channel.caller.state === 'answered');
  }),
  rule('hold/bridged', 'of two connected legs neither hears the other while one is on hold', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const abort = new AbortController();
    const bridged = bridge(channel, abort.signal);
    await bench.soon(channel.caller.hold());
    await bench.wait(100);
    caller.talk(700, 300);
    agent.talk(1_100, 300);
    await bench.wait(500);
    bench.about(agent.heardMs(700), 0, 40);
    bench.about(caller.heardMs(1_100), 0, 40);
    await bench.soon(channel.caller.resume());
    await bench.wait(100);
    caller.talk(700, 300);
    await bench.wait(500);
    bench.about(agent.heardMs(700), 300, 80);
    abort.abort();
    await bench.soon(bridged);
  }),
  rule('messages/sent', 'a text message reaches the far end', async (bench) => {
    const { channel, caller } = await bench.answered();
    await bench.soon(channel.caller.sendMessage('Grüße, čia žinutė'));
    await bench.until(() => caller.messages.length > 0);
    bench.expect(caller.messages).toEqual(['Grüße, čia žinutė']);
  }),
  rule('messages/refused', 'a text message that is refused rejects with call.message-refused', async (bench) => {
    const { channel, caller } = await bench.answered();
    caller.refuseMessages();
    await bench.refuses(channel.caller.sendMessage('hello'), 'call.message-refused');
  }),
  rule('messages/received', 'a text message of the far end is told', async (bench) => {
    const { channel, caller } = await bench.answered();
    await caller.sendMessage('hello');
    await bench.until(() => bench.names(channel).includes('message.received'));
    bench.expect(bench.event(channel, 'message.received')).toMatchObject({ leg: 'caller', text: 'hello' });
  }),
];
