import type { Json } from '@callwright/kernel';
import { catalogue, defineNode, type NodeDefinition } from '@callwright/nodes';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RUN_LIMITS } from './limits.js';
import { answered, node, say, scenario, Stage } from './testing/stage.js';

const hangUp = node('hang-up');

/** A node type of a test's own. */
const type = (name: string, run: NodeDefinition['run'], more: Partial<NodeDefinition> = {}): NodeDefinition =>
  defineNode({
    type: name,
    version: 1,
    title: name,
    summary: name,
    icon: 'Test',
    group: 'logic',
    needs: 'none',
    config: z.looseObject({}),
    outcomes: () => ['done'],
    run,
    ...more,
  });

describe('a call', () => {
  it('goes from node to node by outcomes, and tells all of it', async () => {
    const stage = new Stage(
      answered({
        menu: node(
          'menu',
          { prompt: [{ say: 'press 1' }], keys: { '1': 'sales' } },
          { sales: 'sales', 'no-input': 'bye' },
        ),
        sales: say('You pressed {{ steps.menu.digits }}.', 'bye'),
        bye: hangUp,
      }),
    );
    await stage.pass(100);
    await stage.press('1');
    await stage.pass(60_000);
    expect(stage.story).toEqual([
      '> answer', '< answer answered', '> menu', '< menu sales', '> sales', '< sales done', '> bye', '< bye null', 'call.ended normal system', 'run.ended call-ended',
    ]); // prettier-ignore
    expect(stage.events.map((event) => event.seq)).toEqual(stage.events.map((_, place) => place + 1));
    expect(stage.events[0]).toEqual({
      name: 'call.started', callId: 'call-1', scenarioId: 's1', version: 1, seq: 1, at: '2026-03-02T10:00:00.000Z', direction: 'inbound', from: '+37060000001', to: '1000', parameters: {},
    }); // prettier-ignore
    expect(stage.named('prompt.started').map((event) => [event.node, event.leg])).toEqual([
      ['menu', 'caller'],
      ['sales', 'caller'],
    ]);
    expect(stage.named('prompt.ended').map((event) => [event.node, event.reason])).toEqual([
      ['menu', 'barge-in'],
      ['sales', 'end'],
    ]);
    expect(stage.named('digit.received')[0]).toMatchObject({ leg: 'caller', digit: '1', method: 'rfc4733' });
    expect(stage.named('leg.added')).toHaveLength(1);
    expect(stage.run.path).toEqual(['answer', 'menu', 'sales', 'bye']);
    expect(await stage.run.ended).toMatchObject({
      reason: 'call-ended',
      node: 'bye',
      steps: { menu: { digits: '1' } },
    });
  });

  it('shares one compiled version with all others and leaves the document as it was', async () => {
    const document = answered({
      ask: node('menu', { prompt: [{ say: 'x' }], keys: { '1': 'one' } }, { one: 'bye' }),
      bye: say('{{ steps.ask.digits }}'),
    });
    const before = JSON.stringify(document);
    const first = new Stage(document);
    const second = new Stage(document, { compiled: first.compiled });
    await first.press('1');
    await first.pass(5_000);
    await second.pass(500);
    expect(first.story.at(-1)).toBe('run.ended unwired');
    expect(second.run.node).toBe('ask');
    expect(JSON.stringify(document)).toBe(before);
    expect(Object.isFrozen(document.states)).toBe(true);
  });

  it('gives the configuration with its values, text where text is asked for, and types elsewhere', async () => {
    const stage = new Stage(
      answered(
        {
          set: node(
            'set-variables',
            { assign: { ms: 250, list: '{{ [1, 2] }}', copy: '{{ vars.n }}', text: 'n is {{ vars.n }}' } },
            { done: 'pause' },
          ),
          pause: node('wait', { durationMs: '{{ vars.ms }}' }, { done: 'tell' }),
          tell: node('log', { message: '{{ vars.n }}' }, { done: 'missing' }),
          missing: node('log', { message: '{{ vars.nobody }}' }),
        },
        { meta: { format: 1, name: 'x', variables: { n: 7 } } },
      ),
    );
    await stage.pass(1_000);
    expect(stage.named('variables.changed')[0]?.changes).toEqual({ ms: 250, list: [1, 2], copy: 7, text: 'n is 7' });
    expect(stage.named('node.left').find((event) => event.node === 'pause')?.durationMs).toBe(250);
    expect(stage.log).toEqual([
      '7',
      'missing (message): vars.nobody is missing.',
      '',
      'The outcome "done" of missing leads nowhere.',
    ]);
    expect((await stage.run.ended).variables).toEqual({ n: 7, ms: 250, list: [1, 2], copy: 7, text: 'n is 7' });
  });

  it('fails a node whose configuration does not fit with the values of the call', async () => {
    const stage = new Stage(
      answered({
        pause: node('wait', { durationMs: '{{ vars.ms }}' }, { failed: 'tell' }),
        tell: node('log', { message: '{{ steps.pause.error.code }}: {{ steps.pause.error.message }}' }),
      }),
    );
    await stage.pass(100);
    expect(stage.story.slice(2, 5)).toEqual(['> pause', '< pause failed', '> tell']);
    expect(stage.log.find((line) => line.startsWith('node.bad'))).toMatch(/^node\.bad-configuration: durationMs: /);
  });

  it('fails a node whose expression fails', async () => {
    const stage = new Stage(answered({ tell: node('log', { message: '{{ call.from + 1 }}' }) }, {}));
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual([
      '> tell',
      '< tell failed',
      '! tell expression.failed',
      'call.ended normal system',
      'run.ended unwired',
    ]);
  });

  it('sees parameters, the call and the time', async () => {
    const stage = new Stage(
      answered({
        tell: node('log', {
          message: '{{ params.id }} {{ call.from }} {{ call.state }} {{ call.answeredAt }} {{ now }}',
        }),
      }),
      {
        parameters: { id: 5 },
      },
    );
    await stage.pass(100);
    expect(stage.log[0]).toBe('5 +37060000001 answered 2026-03-02T10:00:00.000Z 2026-03-02T10:00:00.000Z');
    expect(stage.events[0]).toMatchObject({ parameters: { id: 5 } });
  });

  it('restarts a node that leads back to itself', async () => {
    const stage = new Stage(
      answered({
        ask: node(
          'menu',
          { prompt: [], keys: { '1': 'again', '2': 'stop' }, attempts: 1, timeoutMs: 1000 },
          { again: 'ask', stop: 'bye', 'no-input': 'bye' },
        ),
        bye: hangUp,
      }),
    );
    await stage.pass(10);
    await stage.press('1');
    await stage.press('1');
    await stage.press('2');
    expect(stage.run.path).toEqual(['answer', 'ask', 'ask', 'ask', 'bye']);
  });

  it('gives an outcome as another one while it is not wired', async () => {
    const stage = new Stage(
      answered({ hello: say('a long greeting', 'next'), next: node('wait', { durationMs: 1000 }) }),
    );
    await stage.pass(50);
    await stage.press('1');
    await stage.pass(500);
    expect(stage.story).toContain('< hello done');
    expect(stage.run.node).toBe('next');
  });
});

describe('faults', () => {
  it('take the outcome `failed` when it is wired', async () => {
    const stage = new Stage(
      answered({ hello: node('play', { prompt: [{ play: 'nothing' }] }, { failed: 'sorry' }), sorry: say('sorry') }),
    );
    await stage.pass(10_000);
    expect(stage.story.slice(2, 6)).toEqual(['> hello', '< hello failed', '> sorry', '< sorry done']);
    expect(stage.named('run.failed')).toEqual([]);
  });

  it('else the error path, and end the call there when that fails too', async () => {
    const stage = new Stage(
      answered(
        {
          hello: node('play', { prompt: [{ play: 'nothing' }] }),
          sorry: node('play', { prompt: [{ play: 'nothing' }] }),
        },
        { on: { 'run.failed': '.sorry' } },
      ),
    );
    await stage.pass(10_000);
    expect(stage.story.slice(2)).toEqual([
      '> hello', '< hello failed', '! hello media.not-found', '> sorry', '< sorry failed', '! sorry media.not-found', 'call.ended normal system', 'run.ended unwired',
    ]); // prettier-ignore
  });

  it('on the error path end the run politely, however far behind its first node', async () => {
    const on = { 'run.failed': '.sorry' };
    const broken = node('play', { prompt: [{ play: 'nothing' }] });
    for (const states of [
      { first: broken, sorry: say('sorry', 'again'), again: broken },
      { first: broken, sorry: say('sorry', 'first') },
    ]) {
      const stage = new Stage(answered(states, { on }));
      await stage.pass(60_000);
      expect(stage.story.filter((line) => line === '> sorry')).toHaveLength(1);
      expect(stage.named('run.failed')).toHaveLength(2);
      expect(stage.story.slice(-2)).toEqual(['call.ended normal system', 'run.ended unwired']);
    }
  });

  it('take the error path anew once the caller has answered something, or a command has moved the call', async () => {
    const menu = node(
      'menu',
      { prompt: [{ say: 'press' }], keys: { '1': 'one' } },
      { one: 'broken', 'no-input': 'broken' },
    );
    const broken = node('play', { prompt: [{ play: 'nothing' }] });
    const document = () => answered({ menu, broken, sorry: say('sorry', 'menu') }, { on: { 'run.failed': '.sorry' } });
    const apologies = (stage: Stage) => stage.story.filter((line) => line === '> sorry').length;
    const stage = new Stage(document());
    for (const times of [1, 2, 3]) {
      await stage.pass(5_000);
      await stage.press('1');
      expect(apologies(stage)).toBe(times);
    }
    await stage.pass(2_000);
    await stage.run.command({ type: 'go-to', node: 'broken' }, 'test');
    await stage.pass(10);
    expect(apologies(stage)).toBe(4);
    await stage.pass(120_000);
    expect(apologies(stage)).toBe(4);
    expect(stage.story.at(-1)).toBe('run.ended unwired');
  });

  it('of a node type that throws something else are told as such, and nothing breaks', async () => {
    const broken = type('broken', () => {
      throw new TypeError('x is not a function');
    });
    const rejecting = type('rejecting', () => Promise.reject(new Error('secret details')));
    const stage = new Stage(answered({ a: node('broken', {}, { failed: 'b' }), b: node('rejecting') }), {
      types: [...catalogue, broken, rejecting],
    });
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual([
      '> a',
      '< a failed',
      '> b',
      '< b failed',
      '! b node.failed',
      'call.ended normal system',
      'run.ended unwired',
    ]);
    expect(JSON.stringify(stage.events)).not.toContain('secret details');
  });

  it('before the answer: a node that needs audio fails, and the caller is told that we cannot', async () => {
    const stage = new Stage(scenario({ hello: say('hello') }));
    await stage.pass(100);
    expect(stage.story).toEqual([
      '> hello',
      '< hello failed',
      '! hello call.not-answered',
      'call.ended unreachable system',
      'run.ended unwired',
    ]);
  });
});

describe('a hang-up', () => {
  const afterCall = { on: { 'call.ended': '.after' } };

  it('interrupts the node, tells call.ended once, and goes on with the hang-up path', async () => {
    const stage = new Stage(
      answered(
        {
          ask: node('get-digits', { prompt: [{ say: 'number' }], maxDigits: 9 }),
          after: node('log', { message: 'left with {{ steps.ask.digits }}, {{ call.cause }}' }),
        },
        afterCall,
      ),
    );
    await stage.pass(2_000);
    await stage.press('12');
    await stage.hangUp();
    expect(stage.story.slice(2)).toEqual([
      '> ask',
      '< ask null',
      'call.ended normal caller',
      '> after',
      '< after done',
      'run.ended call-ended',
    ]);
    expect(stage.log).toContain('left with 12, normal');
  });

  it('keeps what a recording has', async () => {
    const stage = new Stage(
      answered(
        {
          mail: node('record', { name: 'mail', beep: false }),
          after: node('log', { message: '{{ steps.mail.cause }} {{ steps.mail.recording }}' }),
        },
        afterCall,
      ),
    );
    await stage.pass(3_000);
    await stage.hangUp();
    expect(stage.log[0]).toBe('hang-up mail');
    expect(stage.named('recording.ended')[0]).toMatchObject({ recording: 'mail', node: 'mail', cause: 'hang-up' });
  });

  it('gives a node one second and not more', async () => {
    const slow = type(
      'slow',
      ({ signal, services: { clock } }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () =>
            clock.at(clock.now() + 900, () => resolve({ outcome: null, output: { kept: 1 } })),
          ),
        ),
    );
    const deaf = type('deaf', () => new Promise(() => {}));
    for (const [name, ms, kept] of [
      ['slow', 900, '1'],
      ['deaf', RUN_LIMITS.handOverMs, ''],
    ] as const) {
      const stage = new Stage(
        answered({ work: node(name), after: node('log', { message: 'kept {{ steps.work.kept }}' }) }, afterCall),
        { types: [...catalogue, slow, deaf] },
      );
      await stage.pass(100);
      await stage.hangUp();
      expect(stage.named('call.ended')).toEqual([]);
      await stage.pass(ms - 1);
      expect(stage.named('call.ended')).toEqual([]);
      await stage.pass(1);
      expect(stage.log).toContain(`kept ${kept}`);
      expect(stage.named('call.ended')).toHaveLength(1);
    }
  });

  it('is no fault, however the node takes it', async () => {
    const rude = type('rude', ({ signal, leg }) => new Promise((_, reject) => signal.addEventListener('abort', () => { try { leg('caller'); } catch (error) { reject(error as Error); } }))); // prettier-ignore
    const stage = new Stage(
      answered({ work: node('rude'), sorry: node('log', { message: 'sorry' }) }, { on: { 'run.failed': '.sorry' } }),
      { types: [...catalogue, rude] },
    );
    await stage.pass(100);
    await stage.hangUp();
    await stage.pass(5_000);
    expect(stage.story.slice(2)).toEqual(['> work', '< work null', 'call.ended normal caller', 'run.ended call-ended']);
  });

  it('lets nodes that need the caller fail, the others run, 60 s in all', async () => {
    const stage = new Stage(
      answered(
        {
          listen: node('wait-for-hang-up'),
          after: node('say', { prompt: [{ say: 'x' }] }, { failed: 'pause' }),
          pause: node('wait', { durationMs: 50_000 }, { done: 'again' }),
          again: node('wait', { durationMs: 50_000 }),
        },
        afterCall,
      ),
    );
    await stage.pass(100);
    await stage.hangUp();
    await stage.pass(59_000);
    expect(stage.story.slice(4)).toEqual([
      'call.ended normal caller',
      '> after',
      '< after failed',
      '> pause',
      '< pause done',
      '> again',
    ]);
    await stage.pass(2_000);
    expect(stage.story.slice(10)).toEqual(['< again null', 'run.ended call-ended']);
    expect((await stage.run.ended).steps['after']).toMatchObject({ error: { code: 'call.gone' } });
  });

  it('by the scenario itself takes the hang-up path too', async () => {
    const stage = new Stage(answered({ bye: hangUp, after: node('log', { message: 'after' }) }, afterCall));
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual([
      '> bye',
      '< bye null',
      'call.ended normal system',
      '> after',
      '< after done',
      'run.ended call-ended',
    ]);
  });

  it('in the same moment as an outcome loses nothing', async () => {
    const stage = new Stage(
      answered(
        {
          ask: node('menu', { prompt: [], keys: { '1': 'one' } }, { one: 'next' }),
          next: node('wait', { durationMs: 10 }),
          after: node('log', { message: 'pressed {{ steps.ask.digits }}' }),
        },
        afterCall,
      ),
    );
    await stage.pass(100);
    stage.call.caller.farEnd.press('1');
    stage.call.caller.farEnd.hangUp();
    await stage.pass(1_000);
    expect(stage.log.at(0)).toBe('pressed 1');
    expect(stage.story.at(-1)).toBe('run.ended call-ended');
  });

  it('before the first node ends the run', async () => {
    const stage = new Stage(answered({ a: hangUp }), { outbound: { to: 'phone:ann' } });
    await stage.pass(100);
    expect(stage.events.map((event) => event.name)).toEqual([
      'call.started', 'leg.added', 'leg.state-changed', 'leg.ended', 'call.state-changed', 'call.ended', 'run.ended',
    ]); // prettier-ignore
    expect(stage.story[0]).toMatch(/^call\.ended not-found/);
    expect(await stage.run.ended).toMatchObject({ reason: 'call-ended', node: null });
  });
});

describe('a call that we place', () => {
  it('enters its first node when it is answered', async () => {
    const stage = new Stage(scenario({ hello: say('hello') }), {
      outbound: { to: 'phone:ann' },
      exchange: (exchange) => exchange.callee('phone:ann', { then: 'answers', afterMs: 2_000 }),
    });
    await stage.pass(1_900);
    expect(stage.story).toEqual([]);
    await stage.pass(10_000);
    expect(stage.story).toEqual(['> hello', '< hello done', 'call.ended normal system', 'run.ended unwired']);
    expect(stage.named('call.answered')).toHaveLength(1);
  });

  it.each(['busy', 'declines', 'unreachable'] as const)('ends when it is not answered (%s)', async (then) => {
    const stage = new Stage(scenario({ hello: say('hello') }), {
      outbound: { to: 'phone:ann' },
      exchange: (exchange) => exchange.callee('phone:ann', { then, afterMs: 500 }),
    });
    await stage.pass(10_000);
    expect(stage.events[0]?.name).toBe('call.started');
    expect(stage.events.at(-2)?.name).toBe('call.ended');
    expect(stage.events.at(-1)).toMatchObject({ name: 'run.ended', reason: 'call-ended', node: null });
  });
});

describe('the end', () => {
  it('comes when a wire leads to Ended', async () => {
    const stage = new Stage(answered({ hello: say('hello', 'Ended'), Ended: { type: 'final' } }));
    await stage.pass(10_000);
    expect(stage.story.slice(-2)).toEqual(['call.ended normal system', 'run.ended end']);
    expect(stage.call.state).toBe('ended');
  });

  it('comes with return at the top level', async () => {
    const stage = new Stage(answered({ back: node('return', { outcome: 'x' }) }));
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual(['> back', '< back null', 'call.ended normal system', 'run.ended end']);
  });

  const circle = answered({
    a: node('log', { message: 'a' }, { done: 'b' }),
    b: node('branch', { cases: [{ when: 'false', outcome: 'x' }] }, { otherwise: 'a' }),
  });

  it('comes after 1,000 in a row that wait for nothing', async () => {
    const stage = new Stage(circle);
    for (let turn = 0; turn < 200 && stage.story.at(-1) !== 'run.ended step-budget'; turn++) await stage.pass(1);
    expect(stage.story.at(-1)).toBe('run.ended step-budget');
    expect(stage.run.path.length).toBe(RUN_LIMITS.stepsInStore);
    expect(stage.call.state).toBe('ended');
  });

  it('leaves gaps in a circle, in which other calls go on', async () => {
    const stage = new Stage(circle);
    await stage.pass();
    expect(stage.run.path.length).toBe(RUN_LIMITS.stepsInOneBreath);
    await stage.hangUp();
    await stage.pass(1_000);
    expect(stage.story.slice(-2)).toEqual(['call.ended normal caller', 'run.ended call-ended']);
  });

  it('leaves nothing waiting on the clock', async () => {
    const stage = new Stage(
      answered(
        { hello: say('hello', 'ask'), ask: node('get-digits', { maxDigits: 3 }), after: node('log', { message: 'x' }) },
        { on: { 'call.ended': '.after' } },
      ),
    );
    await stage.pass(1_000);
    await stage.hangUp();
    expect(stage.story.at(-1)).toBe('run.ended call-ended');
    expect(stage.clock.next()).toBeUndefined();
  });

  it('comes when the channel does not tell its own', async () => {
    const stage = new Stage(answered({ hello: node('wait', { durationMs: 100 }) }));
    stage.call.hangUp = () => new Promise(() => {});
    await stage.pass(100 + 2 * RUN_LIMITS.releaseMs + 100);
    expect(stage.story.slice(-2)).toEqual(['call.ended failed system', 'run.ended unwired']);
  });

  it('comes when the host stops', async () => {
    const stage = new Stage(
      answered(
        { pause: node('wait', { durationMs: 90_000 }), after: node('log', { message: 'x' }) },
        { on: { 'call.ended': '.after' } },
      ),
    );
    await stage.pass(100);
    void stage.run.stop();
    void stage.run.stop();
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual([
      '> pause',
      '< pause null',
      'call.ended normal system',
      'run.ended call-ended',
    ]);
  });
});

describe('a subflow', () => {
  const inner = scenario(
    {
      ask: node('menu', { prompt: [], keys: { '1': 'one' } }, { one: 'back' }),
      back: node('return', {
        outcome: 'paid',
        outputs: { amount: '{{ params.price }}', digits: '{{ steps.ask.digits }}' },
      }),
    },
    { id: 'pay' },
  );

  it('runs on the same call with inputs, outcomes and outputs of its own', async () => {
    const stage = new Stage(
      answered({
        pay: node('subflow', { scenario: 'pay', inputs: { price: '{{ 2 + 3 }}' } }, { paid: 'tell' }),
        tell: node('log', { message: 'paid {{ steps.pay.amount }} by {{ steps.pay.digits }}' }),
      }),
      { others: [inner] },
    );
    await stage.pass(100);
    expect(stage.run.node).toBe('pay/ask');
    await stage.press('1');
    await stage.pass(100);
    expect(stage.story.slice(2, -2)).toEqual([
      '> pay',
      '> pay/ask',
      '< pay/ask one',
      '> pay/back',
      '< pay/back null',
      '< pay paid',
      '> tell',
      '< tell done',
    ]);
    expect(stage.log[0]).toBe('paid 5 by 1');
  });

  it('is interrupted with its node by a hang-up', async () => {
    const stage = new Stage(
      answered(
        {
          pay: node('subflow', { scenario: 'pay' }, { paid: 'tell' }),
          tell: node('log', { message: 'x' }),
          after: node('log', { message: 'after' }),
        },
        { on: { 'call.ended': '.after' } },
      ),
      { others: [inner] },
    );
    await stage.pass(100);
    await stage.hangUp();
    expect(stage.story.slice(2)).toEqual([
      '> pay',
      '> pay/ask',
      '< pay/ask null',
      '< pay null',
      'call.ended normal caller',
      '> after',
      '< after done',
      'run.ended call-ended',
    ]);
  });

  it('fails when there is none, when it fails, and when it goes too deep', async () => {
    const code = async (document = 'x', others: Parameters<typeof scenario>[0] = {}) => {
      const stage = new Stage(answered({ sub: node('subflow', { scenario: document }) }), {
        others: Object.keys(others).length > 0 ? [scenario(others, { id: document })] : [],
      });
      await stage.pass(1_000);
      return stage.named('run.failed').at(-1);
    };
    expect(await code()).toMatchObject({ node: 'sub', code: 'scenario.not-found' });
    expect(await code('x', { a: node('play', { prompt: [{ play: 'nothing' }] }) })).toMatchObject({
      node: 'sub',
      code: 'media.not-found',
    });
    expect(await code('x', { a: node('subflow', { scenario: 'x' }) })).toMatchObject({ code: 'scenario.too-deep' });
  });

  it('done without a return is done', async () => {
    const stage = new Stage(answered({ sub: node('subflow', { scenario: 'x' }, { done: 'bye' }), bye: hangUp }), {
      others: [scenario({ a: node('log', { message: 'x' }) }, { id: 'x' })],
    });
    await stage.pass(100);
    expect(stage.story).toContain('< sub done');
  });
});

describe('commands', () => {
  const waiting = () =>
    new Stage(
      answered({
        pause: node('wait', { durationMs: 60_000 }, { done: 'bye' }),
        other: say('other', 'bye'),
        bye: hangUp,
      }),
    );
  const refused = async (work: Promise<void>): Promise<Json> =>
    work.then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );

  it('go-to moves the call, keeping what the node had', async () => {
    const stage = waiting();
    await stage.pass(100);
    void stage.run.command({ type: 'go-to', node: 'other' }, 'ann');
    await stage.pass(100);
    expect(stage.story.slice(2)).toEqual(['> pause', '< pause null', '> other']);
    expect(stage.named('command.received')).toMatchObject([{ type: 'go-to', by: 'ann', accepted: true }]);
    expect(await refused(stage.run.command({ type: 'go-to', node: 'nobody' }, 'ann'))).toBe('scenario.unknown-node');
    expect(stage.named('command.received').at(-1)).toMatchObject({ accepted: false });
  });

  it('are not waited for when a far end says nothing, and what came of them is on the timeline', async () => {
    const stage = waiting();
    await stage.pass(100);
    const { farEnd } = stage.call.caller;
    farEnd.silentToMessagesMs = 32_000;
    let answered = false;
    void stage.run.command({ type: 'send-message', leg: 'caller', text: 'hi' }, 'ann').then(() => (answered = true));
    await stage.pass(600);
    expect(answered).toBe(true);
    expect(stage.named('log.written')).toEqual([]);
    await stage.pass(32_000);
    expect(stage.named('log.written')).toMatchObject([
      { level: 'warn', message: expect.stringContaining('send-message') as string },
    ]);
    farEnd.silentToMessagesMs = 0;
    farEnd.refusesHold = true;
    expect(await refused(stage.run.command({ type: 'hold', leg: 'caller' }, 'ann'))).toBe('call.hold-refused');
  });

  it('hang-up, hold, resume, send-digits, send-message, recordings', async () => {
    const stage = waiting();
    await stage.pass(100);
    await stage.run.command({ type: 'send-message', leg: 'caller', text: 'hi' }, 'ann');
    expect(stage.call.caller.farEnd.messages).toEqual(['hi']);
    void stage.run.command({ type: 'send-digits', leg: 'caller', digits: '12' }, 'ann');
    await stage.pass(1_000);
    expect(stage.call.caller.farEnd.digitsHeard).toBe('12');
    await stage.run.command({ type: 'start-recording', leg: 'caller' }, 'ann');
    expect(await refused(stage.run.command({ type: 'start-recording', leg: 'caller' }, 'ann'))).toBe(
      'call.wrong-state',
    );
    await stage.pass(1_000);
    await stage.run.command({ type: 'stop-recording', leg: 'caller' }, 'ann');
    expect(stage.named('recording.ended')[0]).toMatchObject({ recording: 'call-1', node: null });
    await stage.run.command({ type: 'hold', leg: 'caller' }, 'ann');
    await stage.pass(4_000);
    expect(stage.call.caller.farEnd.transcript).toContain('(beep)');
    expect(stage.call.caller.onHold).toBe(true);
    expect(await refused(stage.run.command({ type: 'hold', leg: 'caller' }, 'ann'))).toBe('call.wrong-state');
    await stage.run.command({ type: 'resume', leg: 'caller' }, 'ann');
    expect(await refused(stage.run.command({ type: 'hold', leg: 'agent' }, 'ann'))).toBe('call.wrong-state');
    expect(await refused(stage.run.command({ type: 'hang-up', leg: 'agent' }, 'ann'))).toBe('call.wrong-state');
    await stage.run.command({ type: 'hang-up' }, 'ann');
    await stage.pass(100);
    expect(stage.story.at(-1)).toBe('run.ended call-ended');
    expect(await refused(stage.run.command({ type: 'hang-up' }, 'ann'))).toBe('call.wrong-state');
  });

  it('transfer connects the caller, and leads back when nobody answers', async () => {
    const stage = new Stage(answered({ pause: node('wait', { durationMs: 600_000 }) }), {
      exchange: (exchange) => {
        exchange.callee('phone:ann', { then: 'answers', afterMs: 500 });
        exchange.callee('phone:bob', { then: 'busy' });
      },
    });
    await stage.pass(100);
    void stage.run.command({ type: 'transfer', leg: 'caller', to: 'phone:bob' }, 'x');
    await stage.pass(1_000);
    expect(stage.story.slice(2)).toEqual([
      '> pause',
      '< pause null',
      '> Transferring',
      '< Transferring null',
      '> pause',
    ]);
    void stage.run.command({ type: 'transfer', leg: 'caller', to: 'phone:ann' }, 'x');
    await stage.pass(2_000);
    expect(stage.call.leg('agent')?.state).toBe('answered');
    stage.call.leg('agent')?.farEnd.hangUp();
    await stage.pass(1_000);
    expect(stage.story.slice(-3)).toEqual(['< Transferring returned', 'call.ended normal system', 'run.ended end']);
  });
});
