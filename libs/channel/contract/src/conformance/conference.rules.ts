import type { CallChannel, ConferenceOptions } from '../channel.js';
import { CONFERENCE, DEAF, never, PROMPT_END_MS, rule, type Bench } from './bench.js';

/** Somebody in a room. */
async function join(bench: Bench, options: Partial<ConferenceOptions> & { room: string }) {
  const call = await bench.answered();
  const joinedAt = bench.harness.now();
  const abort = new AbortController();
  const stay = call.channel.caller.joinConference({ ...CONFERENCE, ...options }, abort.signal);
  // A stay that a rule does not look at must not be an unhandled rejection.
  stay.catch(() => {});
  await bench.wait(100);
  return { ...call, abort, stay, joinedAt };
}

/** Rooms. */
export const conferenceRules = [
  rule('conference/mix', 'everybody in a room hears the others, and not themselves', async (bench) => {
    const room = bench.room();
    const [a, b, c] = [await join(bench, { room }), await join(bench, { room }), await join(bench, { room })];
    a.caller.talk(500, 600);
    b.caller.talk(900, 600);
    await bench.wait(900);
    bench.about(c.caller.heardMs(500), 600, 120);
    bench.about(c.caller.heardMs(900), 600, 120);
    bench.about(a.caller.heardMs(900), 600, 120);
    bench.about(a.caller.heardMs(500), 0, 40);
  }),
  rule('conference/rooms', 'rooms of different names do not hear each other', async (bench) => {
    const a = await join(bench, { room: bench.room() });
    const b = await join(bench, { room: bench.room() });
    a.caller.talk(500, 400);
    await bench.wait(500);
    bench.about(b.caller.heardMs(500), 0, 20);
  }),
  rule('conference/exit-key', 'an exit key leaves the room and is no digit any more', async (bench) => {
    const room = bench.room();
    const [a, b] = [await join(bench, { room }), await join(bench, { room })];
    await a.caller.press('*');
    bench.expect(await bench.soon(a.stay, 300)).toBe('left');
    bench.expect(a.channel.caller.digits.length).toBe(0);
    b.caller.talk(500, 300);
    await bench.wait(400);
    bench.about(a.caller.heardMs(500), 0, 20);
    const { value } = await bench.timed(() => a.channel.caller.play(bench.tone(900, 100), DEAF, never()));
    bench.expect(value.reason).toBe('end');
  }),
  rule('conference/abort', 'an abort leaves the room', async (bench) => {
    const a = await join(bench, { room: bench.room() });
    a.abort.abort();
    bench.expect(await bench.soon(a.stay, PROMPT_END_MS)).toBe('left');
  }),
  rule('conference/hang-up', 'a member who hangs up has left', async (bench) => {
    const room = bench.room();
    const [a, b] = [await join(bench, { room }), await join(bench, { room })];
    await a.caller.hangUp();
    await bench.until(() => a.channel.state === 'ended');
    bench.expect(await bench.soon(a.stay, PROMPT_END_MS)).toBe('left');
    bench.expect(b.channel.state).toBe('answered');
  }),
  rule('conference/end-on-exit', 'the room ends when such a member leaves', async (bench) => {
    const room = bench.room();
    const a = await join(bench, { room, endOnExit: true });
    const b = await join(bench, { room });
    await a.caller.press('*');
    bench.expect(await bench.soon(a.stay, 300)).toBe('left');
    bench.expect(await bench.soon(b.stay, 300)).toBe('ended');
  }),
  rule('conference/waits', 'a room waits with music until somebody enters who starts it', async (bench) => {
    const room = bench.room();
    const waitMusic = bench.tone(600, 200);
    const [a, b] = [
      await join(bench, { room, startOnEntry: false, waitMusic }),
      await join(bench, { room, startOnEntry: false, waitMusic }),
    ];
    b.caller.talk(1_100, 500);
    await bench.wait(600);
    bench.about(a.caller.heardMs(1_100), 0, 40);
    bench.about(a.caller.heardMs(600), bench.harness.now() - a.joinedAt, 150);
    const c = await join(bench, { room });
    const music = a.caller.heardMs(600);
    c.caller.talk(1_400, 500);
    await bench.wait(700);
    bench.about(a.caller.heardMs(1_400), 500, 120);
    bench.about(a.caller.heardMs(600), music, 60);
  }),
  rule('conference/mute', 'mute and unmute keys work, and are no digits', async (bench) => {
    const room = bench.room();
    const a = await join(bench, { room, muteKey: '1', unmuteKey: '2' });
    const b = await join(bench, { room });
    await a.caller.press('1');
    await bench.wait(100);
    a.caller.talk(500, 400);
    await bench.wait(600);
    bench.about(b.caller.heardMs(500), 0, 40);
    await a.caller.press('2');
    await bench.wait(100);
    a.caller.talk(500, 400);
    await bench.wait(600);
    bench.about(b.caller.heardMs(500), 400, 100);
    bench.expect(a.channel.caller.digits.length).toBe(0);
  }),
  rule('conference/roles', 'who may not talk is not heard, who may not listen hears nobody', async (bench) => {
    const room = bench.room();
    const listener = await join(bench, { room, talk: false });
    const speaker = await join(bench, { room, listen: false });
    const other = await join(bench, { room });
    listener.caller.talk(500, 400);
    speaker.caller.talk(900, 400);
    other.caller.talk(1_300, 400);
    await bench.wait(600);
    bench.about(other.caller.heardMs(500), 0, 40);
    bench.about(speaker.caller.heardMs(1_300), 0, 40);
    bench.about(listener.caller.heardMs(1_300), 400, 100);
    bench.about(listener.caller.heardMs(900), 400, 100);
    bench.about(speaker.caller.heardMs(500), 0, 40);
  }),
  rule('conference/announcements', 'entry and exit are announced to the others, after the name', async (bench) => {
    const room = bench.room();
    const a = await join(bench, { room });
    const announced = { namePrefix: bench.tone(500, 200), entry: bench.tone(900, 200), exit: bench.tone(1_300, 200) };
    const b = await join(bench, { room, ...announced });
    await bench.wait(500);
    bench.about(a.caller.heardMs(500), 200, 80);
    bench.about(a.caller.heardMs(900), 200, 80);
    bench.about(b.caller.heardMs(900), 0, 40);
    b.abort.abort();
    await bench.wait(600);
    bench.about(a.caller.heardMs(500), 400, 120);
    bench.about(a.caller.heardMs(1_300), 200, 80);
  }),
  rule('conference/told', 'who hears waiting music or an announcement is told so, and nobody else', async (bench) => {
    const room = bench.room();
    const prompts = (call: { channel: CallChannel }) =>
      bench.events(call.channel).filter(({ name }) => name === 'prompt.started' || name === 'prompt.ended');
    const waitMusic = bench.tone(600, 200);
    const a = await join(bench, { room, startOnEntry: false, waitMusic });
    const deaf = await join(bench, { room, startOnEntry: false, listen: false });
    bench.expect(prompts(a)).toEqual([{ name: 'prompt.started', leg: 'caller', parts: waitMusic }]);
    const announced = { namePrefix: bench.tone(500, 100), entry: bench.tone(900, 200), exit: bench.tone(1_300, 2_000) };
    const b = await join(bench, { room, ...announced });
    await bench.until(() => prompts(a).length === 4);
    bench.expect(prompts(a).slice(1)).toEqual([
      { name: 'prompt.ended', leg: 'caller', reason: 'stopped' },
      { name: 'prompt.started', leg: 'caller', parts: [...announced.namePrefix, ...announced.entry] },
      { name: 'prompt.ended', leg: 'caller', reason: 'end' },
    ]);
    b.abort.abort();
    await bench.until(() => prompts(a).length === 5);
    await a.caller.hangUp();
    await bench.until(() => a.channel.state === 'ended');
    bench.expect(prompts(a).slice(4)).toEqual([
      { name: 'prompt.started', leg: 'caller', parts: [...announced.namePrefix, ...announced.exit] },
      { name: 'prompt.ended', leg: 'caller', reason: 'stopped' },
    ]);
    bench.expect([...prompts(b), ...prompts(deaf)]).toEqual([]);
  }),
  rule('conference/busy', 'a leg in a room hears no prompts of its own', async (bench) => {
    const a = await join(bench, { room: bench.room() });
    await bench.refuses(a.channel.caller.play(bench.tone(500, 100), DEAF, never()), 'call.busy-playing');
  }),
];
