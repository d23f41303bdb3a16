import fc from 'fast-check';
import { MASK } from '@callwright/expression';
import type { Json, JsonObject } from '@callwright/kernel';
import { catalogue } from '@callwright/nodes';
import { isError, validateScenario, catalogueOf } from '@callwright/scenario';
import { expect, it, vi } from 'vitest';
import { createMachine } from 'xstate';
import { replay } from './index.js';
import type * as Limits from './limits.js';
import { node, scenario, Stage } from './testing/stage.js';

/** Loops are as frequent here as anything else, and a lap is like the next one: they need not take thousands. */
vi.mock('./limits.js', async (original) => {
  const { RUN_LIMITS } = await original<typeof Limits>();
  return { RUN_LIMITS: { ...RUN_LIMITS, stepsInStore: 60, stepsPerSecond: 1 } };
});

/** One configuration of every node type, short enough for a test. */
const NODES: readonly (readonly [string, JsonObject])[] = [
  ['answer', {}],
  ['ring', { durationMs: 500, earlyMedia: true }],
  ['say', { prompt: [{ say: 'Hello {{ vars.x }} {{ steps.constructor.digits }}' }] }],
  ['play', { prompt: [{ tone: 'beep' }], loop: 2 }],
  ['menu', { prompt: [{ say: 'Choose.' }], keys: { '1': 'one', '2': 'two' }, attempts: 2, timeoutMs: 1_000 }],
  ['get-digits', { maxDigits: 3, firstDigitTimeoutMs: 1_000, secret: true }],
  ['record', { name: 'note', maxMs: 2_000, silenceMs: 500 }],
  ['dial', { to: 'phone:ann', timeoutMs: 2_000 }],
  ['connect', { record: true }],
  ['transfer', { to: '{{ vars.who }}', timeoutMs: 2_000 }],
  ['conference', { room: 'r1' }],
  ['branch', { cases: [{ when: '$random() < 0.5 and vars.x != 3', outcome: 'yes' }] }],
  ['set-variables', { assign: { x: '{{ $round($random() * 5) }}', who: 'phone:bob' } }],
  ['http-request', { url: 'https://example.org/{{ vars.x }}' }],
  ['business-hours', { schedule: { timeZone: 'Europe/Vilnius', weekly: { mon: [['09:00', '18:00']] }, holidays: [] } }],
  ['wait', { durationMs: '{{ vars.x * 100 }}' }],
  ['log', { message: '{{ steps.b_2 }} {{ call.cause }}' }],
  ['subflow', { scenario: 'inner', inputs: { x: '{{ vars.x }}' } }],
  ['send-digits', { digits: '12' }],
  ['return', { outcome: 'back' }],
  ['wait-for-hang-up', { maxMs: 3_000 }],
  ['hang-up', { cause: 'normal' }],
];
/** Names that objects of JavaScript have, too. */
const IDS = ['a', 'b_2', 'constructor', 'initial', 'states', 'on', 'h1', 'z'] as const;
const OUTCOMES = ['answered', 'done', 'one', 'two', 'digits', 'recorded', 'ended', 'yes', 'otherwise', 'no-input', 'failed', 'timeout', 'open', 'closed', 'returned', 'back', 'left', 'busy'] as const; // prettier-ignore

const types = catalogueOf(catalogue);
const inner = scenario(
  { ask: node(...NODES[4]!, { one: 'back', 'no-input': 'back' }), back: node('return', { outcome: 'back' }) },
  { id: 'inner' },
);

/** A result hides whatever equals a secret, also what the log told before somebody typed it: a `1` of the drawing, say. */
function hidden(replayed: Json | undefined, result: Json | undefined): Json | undefined {
  if (typeof result === 'string') return result.includes(MASK) ? result : replayed;
  if (typeof replayed !== 'object' || replayed === null || typeof result !== 'object' || result === null)
    return replayed;
  if (Array.isArray(replayed))
    return replayed.map((one: Json, at) => hidden(one, (result as readonly Json[])[at]) as Json);
  return Object.fromEntries(
    Object.entries(replayed).map(([key, one]) => [key, hidden(one, (result as JsonObject)[key]) as Json]),
  );
}

const drawing = fc.record({
  nodes: fc.array(
    fc.tuple(
      fc.nat({ max: NODES.length - 1 }),
      fc.array(fc.nat({ max: IDS.length }), { minLength: OUTCOMES.length, maxLength: OUTCOMES.length }),
    ),
    {
      minLength: 1,
      maxLength: IDS.length,
    },
  ),
  paths: fc.tuple(fc.nat({ max: IDS.length }), fc.nat({ max: IDS.length })),
  deeds: fc.array(
    fc.tuple(
      fc.nat({ max: 3_000 }),
      fc.constantFrom('1', '2', '123#', '*', 'hang-up', 'talk', 'go-to', 'stop', 'hold', 'agent'),
    ),
    { maxLength: 8 },
  ),
});

it('whatever may be published is accepted by stock XState, runs, and comes to an end that its log explains', async () => {
  let visits = 0;
  await fc.assert(
    fc.asyncProperty(drawing, async ({ nodes, paths, deeds }) => {
      const ids = IDS.slice(0, nodes.length);
      const target = (index: number): string | undefined => ids[index];
      const states = Object.fromEntries(
        nodes.map(([type, targets], index): [string, JsonObject] => {
          const [src, input] = NODES[type]!;
          const known = new Set([
            ...(types
              .get(src)
              ?.outcomes(
                types.get(src)?.config.parse({ ...input, ...(src === 'wait' ? { durationMs: 1 } : {}) }) as never,
              ) ?? []),
            'failed',
            ...(src === 'subflow' ? ['back'] : []),
          ]);
          const wires = OUTCOMES.flatMap((outcome, at) =>
            known.has(outcome) && target(targets[at]!) ? [[outcome, target(targets[at]!)!]] : [],
          );
          return [IDS[index]!, node(src, input, Object.fromEntries(wires) as Record<string, string>)];
        }),
      );
      const [hangUpPath, errorPath] = paths.map(target);
      const on = {
        ...(hangUpPath ? { 'call.ended': `.${hangUpPath}` } : {}),
        ...(errorPath ? { 'run.failed': `.${errorPath}` } : {}),
      };
      const document = scenario(states, { on, meta: { format: 1, name: 'x', variables: { x: 1 } } });
      expect(validateScenario(document, types).filter(isError)).toEqual([]);
      createMachine(document as never);

      const stage = new Stage(document, {
        others: [inner],
        http: () =>
          Promise.resolve({
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: '{"__proto__":{"x":1},"ok":true}',
          }),
        exchange: (exchange) => {
          exchange.callee('phone:ann', { then: 'answers', afterMs: 300 });
          exchange.callee('phone:bob', { then: 'rings' });
        },
      });
      for (const [after, deed] of deeds) {
        await stage.pass(after);
        const caller = stage.call.caller.farEnd;
        if (deed === 'hang-up') caller.hangUp();
        else if (deed === 'talk') caller.talk(700);
        else if (deed === 'stop') void stage.run.stop();
        else if (deed === 'hold') stage.run.command({ type: 'hold', leg: 'caller' }, 'x').catch(() => {});
        else if (deed === 'go-to')
          stage.run.command({ type: 'go-to', node: ids[after % ids.length]! }, 'x').catch(() => {});
        else if (deed === 'agent') stage.call.leg('agent')?.farEnd.hangUp();
        else caller.press(deed);
      }
      await stage.pass(5_000);
      if (stage.events.at(-1)?.name !== 'run.ended') {
        stage.call.caller.farEnd.hangUp();
        await stage.pass(80_000);
      }

      const result = await stage.run.ended;
      expect(stage.events.at(-1)).toMatchObject({ name: 'run.ended', reason: result.reason });
      expect(stage.events.map((event) => event.seq)).toEqual(stage.events.map((_, index) => index + 1));
      expect(stage.named('call.ended')).toHaveLength(1);
      expect(stage.named('run.failed').filter((event) => event.code === 'node.failed')).toEqual([]);
      expect(stage.call.legs.every((leg) => leg.state === 'ended')).toBe(true);
      expect(({} as JsonObject)['x']).toBeUndefined();
      const replayed = replay(stage.compiled, stage.events);
      expect(replayed.path).toEqual(stage.run.path);
      expect(hidden(replayed.steps, result.steps)).toEqual(result.steps);
      expect(hidden(replayed.variables, result.variables)).toEqual(result.variables);
      visits += stage.run.path.length;
    }),
    { numRuns: 150 },
  );
  expect(visits).toBeGreaterThan(500);
}, 300_000);
