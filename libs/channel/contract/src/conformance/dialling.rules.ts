import { never, PROMPT_END_MS, rule } from './bench.js';

/** Second legs, and calls that we place. */
export const diallingRules = [
  rule('dialling/answered', 'a leg that is answered is part of the call', async (bench) => {
    const { channel } = await bench.answered();
    const callee = await bench.harness.callee('answers');
    const dialled = await bench.soon(bench.dial(channel, callee.to, { headers: { 'X-Skill': ['sales'] } }));
    bench.expect(dialled.outcome).toBe('answered');
    const leg = channel.leg('agent');
    bench.expect(leg?.state).toBe('answered');
    bench.expect(leg?.hasAudio).toBe(true);
    bench.expect(dialled.outcome === 'answered' && dialled.leg === leg).toBe(true);
    bench.expect(channel.legs.map(({ name }) => name)).toEqual(['caller', 'agent']);
    const told = bench.events(channel).filter((event) => 'leg' in event && event.leg === 'agent');
    bench.expect(told[0]?.name).toBe('leg.added');
    bench.expect(told.some((event) => event.name === 'call.answered')).toBe(true);
    const farEnd = await bench.soon(callee.reached());
    const skill = Object.entries(farEnd.requestHeaders).find(([name]) => name.toLowerCase() === 'x-skill');
    bench.expect(skill?.[1]).toEqual(['sales']);
  }),
  rule('dialling/own-audio', 'the second leg hears its own prompts and presses its own keys', async (bench) => {
    const { channel, caller, agent } = await bench.withAgent();
    const leg = channel.leg('agent');
    await bench.soon(Promise.all([leg?.play(bench.tone(900, 400), { bargeIn: false, loop: 1 }, never())]));
    await agent.press('3');
    await bench.until(() => leg?.digits.waiting === '3');
    await bench.wait(100);
    bench.about(agent.heardMs(900), 400, 60);
    bench.about(caller.heardMs(900), 0, 20);
    bench.expect(channel.caller.digits.length).toBe(0);
  }),
  rule('dialling/busy', 'a busy far end gives busy', async (bench) => {
    const { channel } = await bench.answered();
    const callee = await bench.harness.callee('busy');
    bench.expect(await bench.soon(bench.dial(channel, callee.to))).toEqual({ outcome: 'busy', cause: 'busy' });
    bench.expect(channel.leg('agent')).toBe(undefined);
    bench.expect(bench.events(channel).some((event) => event.name === 'leg.ended' && event.leg === 'agent')).toBe(true);
  }),
  rule('dialling/failed', 'a far end that declines or does not exist gives failed, with its cause', async (bench) => {
    const { channel } = await bench.answered();
    for (const [behaviour, cause] of [
      ['declines', 'declined'],
      ['not-found', 'not-found'],
    ] as const) {
      const callee = await bench.harness.callee(behaviour);
      bench.expect(await bench.soon(bench.dial(channel, callee.to))).toEqual({ outcome: 'failed', cause });
    }
  }),
  rule('dialling/no-answer', 'nobody answers in time', async (bench) => {
    const { channel } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const { value, ms } = await bench.timed(() => bench.dial(channel, callee.to, { timeoutMs: 600 }));
    bench.expect(value).toEqual({ outcome: 'no-answer', cause: 'no-answer' });
    bench.about(ms, 600, 100);
    const farEnd = await bench.soon(callee.reached());
    await bench.until(() => farEnd.state === 'ended');
  }),
  rule('dialling/late-answer', 'a far end that rings first is told as ringing, then answered', async (bench) => {
    const { channel } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const dialling = bench.dial(channel, callee.to);
    const farEnd = await bench.soon(callee.reached());
    await bench.until(() => channel.leg('agent')?.state === 'ringing');
    await farEnd.answer();
    bench.expect((await bench.soon(dialling)).outcome).toBe('answered');
  }),
  rule('dialling/cancel', 'an abort cancels the attempt, also at the far end', async (bench) => {
    const { channel } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const abort = new AbortController();
    const dialling = bench.dial(channel, callee.to, { signal: abort.signal });
    const farEnd = await bench.soon(callee.reached());
    await bench.wait(100);
    abort.abort();
    bench.expect(await bench.soon(dialling, PROMPT_END_MS)).toEqual({ outcome: 'cancelled', cause: 'cancelled' });
    await bench.until(() => farEnd.state === 'ended');
    bench.expect(channel.state).toBe('answered');
  }),
  rule('dialling/music', 'the caller can hear something while somebody is dialled', async (bench) => {
    const { channel, caller } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const abort = new AbortController();
    const dialling = bench.dial(channel, callee.to);
    const playing = channel.caller.play(bench.tone(600, 200), { bargeIn: false, loop: 0 }, abort.signal);
    const farEnd = await bench.soon(callee.reached());
    const began = caller.heardMs(600);
    await bench.wait(500);
    bench.about(caller.heardMs(600) - began, 500, 60);
    await farEnd.answer();
    bench.expect((await bench.soon(dialling)).outcome).toBe('answered');
    abort.abort();
    bench.expect((await bench.soon(playing, PROMPT_END_MS)).reason).toBe('stopped');
  }),
  rule(
    'dialling/early-media',
    'a leg that is named hears the far end before it answers, and no longer',
    async (bench) => {
      const { channel, caller } = await bench.answered();
      const callee = await bench.harness.callee('rings');
      let began = 0;
      const earlyMedia = { to: channel.caller, began: () => (began += 1) };
      const dialling = bench.dial(channel, callee.to, { earlyMedia });
      const farEnd = await bench.soon(callee.reached());
      await bench.until(() => channel.leg('agent')?.state === 'ringing');
      await bench.wait(100);
      bench.expect(began).toBe(0);
      farEnd.talk(1_200, 600);
      await bench.until(() => began > 0);
      await bench.wait(800);
      bench.about(caller.heardMs(1_200), 600, 80);
      bench.expect(channel.leg('agent')?.hasAudio).toBe(false);
      await farEnd.answer();
      bench.expect((await bench.soon(dialling)).outcome).toBe('answered');
      await bench.wait(100);
      farEnd.talk(1_400, 400);
      await bench.wait(500);
      bench.about(caller.heardMs(1_400), 0, 20);
      bench.expect(began).toBe(1);
    },
  ),
  rule('dialling/early-media-unasked', 'no leg that is not named hears a far end before it answers', async (bench) => {
    const { channel, caller } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const dialling = bench.dial(channel, callee.to, { timeoutMs: 1_000 });
    const farEnd = await bench.soon(callee.reached());
    farEnd.talk(1_200, 400);
    bench.expect((await bench.soon(dialling)).outcome).toBe('no-answer');
    bench.about(caller.heardMs(1_200), 0, 20);
  }),
  rule('dialling/early-media-refused', 'an announcement is heard although nobody answers in the end', async (bench) => {
    const { channel, caller } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const earlyMedia = { to: channel.caller, began: () => undefined };
    const dialling = bench.dial(channel, callee.to, { earlyMedia });
    const farEnd = await bench.soon(callee.reached());
    farEnd.talk(1_200, 400);
    await bench.wait(600);
    await farEnd.hangUp();
    bench.expect((await bench.soon(dialling)).outcome).toBe('failed');
    bench.about(caller.heardMs(1_200), 400, 80);
    await bench.soon(channel.caller.play(bench.tone(500, 200), { bargeIn: false, loop: 1 }, never()));
    await bench.wait(100);
    bench.about(caller.heardMs(500), 200, 60);
  }),
  rule('dialling/caller-hangs-up', 'a caller who hangs up cancels what is being dialled', async (bench) => {
    const { channel, caller } = await bench.answered();
    const callee = await bench.harness.callee('rings');
    const dialling = bench.dial(channel, callee.to);
    const farEnd = await bench.soon(callee.reached());
    await caller.hangUp();
    await bench.until(() => channel.state === 'ended');
    bench.expect((await bench.soon(dialling, PROMPT_END_MS)).outcome).toBe('cancelled');
    await bench.until(() => farEnd.state === 'ended');
  }),
  rule('dialling/policy', 'what policy refuses is not dialled', async (bench) => {
    const { channel } = await bench.answered();
    const { refused } = bench.harness;
    bench
      .expect((await bench.refuses(bench.dial(channel, refused.notAllowed), 'outbound.not-allowed')).kind)
      .toBe('input');
    bench.expect((await bench.refuses(bench.dial(channel, refused.limit), 'outbound.limit')).kind).toBe('resource');
    bench.expect(channel.legs.length).toBe(1);
  }),
  rule('dialling/destination', 'a destination that cannot be read is refused', async (bench) => {
    const { channel } = await bench.answered();
    for (const to of ['', 'phone:', 'trunk:only', 'sip:a b@example.org', 'call me', 'sip:a@example.org\r\nX: 1']) {
      await bench.refuses(bench.dial(channel, to), 'call.bad-destination');
    }
  }),
  rule('dialling/names', 'a name belongs to one living leg', async (bench) => {
    const { channel, agent } = await bench.withAgent();
    const callee = await bench.harness.callee('answers');
    await bench.refuses(bench.dial(channel, callee.to), 'call.leg-taken');
    await bench.refuses(bench.dial(channel, callee.to, { leg: 'caller' }), 'call.leg-taken');
    await agent.hangUp();
    await bench.until(() => channel.leg('agent') === undefined);
    bench.expect((await bench.soon(bench.dial(channel, callee.to))).outcome).toBe('answered');
  }),
  rule('dialling/second-leg-ends', 'the end of a second leg leaves the call alone', async (bench) => {
    const { channel, agent } = await bench.withAgent();
    await agent.hangUp();
    await bench.until(() => channel.leg('agent') === undefined);
    bench.expect(channel.state).toBe('answered');
    const ended = bench.events(channel).find((event) => event.name === 'leg.ended');
    bench.expect(ended).toMatchObject({ leg: 'agent', cause: 'normal' });
  }),
  rule('dialling/release', 'we can end a second leg alone', async (bench) => {
    const { channel, agent } = await bench.withAgent();
    await bench.soon(Promise.all([channel.leg('agent')?.hangUp('normal')]));
    await bench.until(() => agent.state === 'ended');
    bench.expect(channel.state).toBe('answered');
  }),
  rule('dialling/originate', 'a call that we place rings, is answered, and answer waits for it', async (bench) => {
    const callee = await bench.harness.callee('rings');
    const channel = await bench.originated(callee);
    bench.expect(channel.direction).toBe('outbound');
    bench.expect(channel.caller.name).toBe('caller');
    const answering = channel.caller.answer({ headers: {} });
    const farEnd = await bench.soon(callee.reached());
    await bench.until(() => channel.state === 'ringing');
    await farEnd.answer();
    await bench.soon(answering);
    bench.expect(channel.state).toBe('answered');
    bench.expect(channel.caller.hasAudio).toBe(true);
  }),
  rule('dialling/originate-refused', 'a call that we place and that is refused ends with the cause', async (bench) => {
    const callee = await bench.harness.callee('busy');
    const channel = await bench.originated(callee);
    await bench.until(() => channel.state === 'ended');
    bench.expect(channel.cause).toBe('busy');
    await bench.refuses(channel.caller.answer({ headers: {} }), 'call.gone');
  }),
];
