import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Json, JsonObject } from '@callwright/kernel';
import { catalogue, defineNode, type NodeDefinition } from '@callwright/nodes';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { replay, type CallEvent } from './index.js';
import { evaluateConfiguration } from './live/evaluation.js';
import { randomOf } from './live/random.js';
import { answered, node, scenario, Stage } from './testing/stage.js';

const OUTCOMES = ['a', 'b', 'c'] as const;

/** A node type that does what the test drew for this visit, and remembers what it was told to do. */
function puppet(draw: () => number, given: { node: string; config: Json }[], endsWithCall: boolean): NodeDefinition {
  return defineNode({
    type: 'puppet',
    version: 1,
    title: 'Puppet',
    summary: 'Puppet',
    icon: 'Test',
    group: 'logic',
    needs: 'none',
    config: z.strictObject({ text: z.string(), value: z.json() }),
    outcomes: () => OUTCOMES,
    givenAs: { c: 'a' },
    endsWithCall,
    async run({ node: id, config, signal, services: { clock } }) {
      given.push({ node: id, config: config as Json });
      const kind = draw();
      const waits = Math.floor(draw() * 30);
      if (kind < 0.7) {
        await new Promise<void>((resolve) => {
          const cancel = clock.at(clock.now() + waits, resolve);
          signal.addEventListener('abort', () => {
            cancel();
            resolve();
          });
        });
      }
      if (draw() < 0.05) throw new TypeError('a fault');
      const output = { waits, n: Math.floor(draw() * 100) };
      if (signal.aborted && draw() < 0.5) return { outcome: null, output };
      const assign = draw() < 0.5 ? { x: Math.floor(draw() * 10), [id]: { text: config.text } } : {};
      return { outcome: OUTCOMES[Math.floor(draw() * OUTCOMES.length)] as string, output, assign };
    },
  });
}

interface Plan {
  readonly seed: string;
  readonly endsWithCall: boolean;
  readonly wires: readonly (readonly (number | null)[])[];
  readonly onHangUp: number | null;
  readonly onFault: number | null;
  readonly disturbances: readonly {
    readonly after: number;
    readonly kind: 'hang-up' | 'go-to' | 'stop' | 'transfer';
    readonly to: number;
  }[];
}

const place = fc.option(fc.nat({ max: 7 }), { freq: 4 });
const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 8 }),
  endsWithCall: fc.boolean(),
  wires: fc.array(fc.tuple(place, place, place, place), { minLength: 1, maxLength: 8 }),
  onHangUp: place,
  onFault: place,
  disturbances: fc.array(
    fc.record({
      after: fc.nat({ max: 60 }),
      kind: fc.constantFrom(
        'hang-up' as const,
        'go-to' as const,
        'go-to' as const,
        'stop' as const,
        'transfer' as const,
      ),
      to: fc.nat({ max: 7 }),
    }),
    { maxLength: 4 },
  ),
});

const name = (index: number): string => `n${index}`;

function drawing({ wires, onHangUp, onFault }: Plan) {
  const target = (index: number | null) => (index === null || index >= wires.length ? null : name(index));
  const path = (index: number | null) => (target(index) === null ? {} : { path: `.${target(index)}` });
  const inner = scenario(
    {
      i0: node('puppet', { text: 'inner', value: 1 }, { a: 'i1' }),
      i1: node('return', { outcome: 'b', outputs: { from: '{{ steps.i0.n }}' } }),
    },
    { id: 'inner' },
  );
  const states = Object.fromEntries(
    wires.map((targets, index): [string, JsonObject] => {
      const wired = Object.fromEntries(
        [...OUTCOMES, 'failed'].flatMap((outcome, at) =>
          target(targets[at] ?? null) === null ? [] : [[outcome, target(targets[at] ?? null) as string]],
        ),
      );
      if (index % 5 === 4)
        return [
          name(index),
          node(
            'subflow',
            { scenario: 'inner', inputs: { x: '{{ vars.x }}' } },
            wired['b'] === undefined ? {} : { b: wired['b'] },
          ),
        ];
      return [
        name(index),
        node(
          'puppet',
          { text: `x is {{ vars.x }} at {{ now }}`, value: '{{ {"x": vars.x, "last": steps.n0.n, "p": params.p} }}' },
          wired,
        ),
      ];
    }),
  );
  const hangUpPath = path(onHangUp).path;
  const errorPath = path(onFault).path;
  const on = { ...(hangUpPath ? { 'call.ended': hangUpPath } : {}), ...(errorPath ? { 'run.failed': errorPath } : {}) };
  return { document: scenario(states, { on, meta: { format: 1, name: 'x', variables: { x: 1 } } }), inner };
}

async function callOf(drawn: Plan) {
  const given: { node: string; config: Json }[] = [];
  const { document, inner } = drawing(drawn);
  const stage = new Stage(document, {
    types: [...catalogue, puppet(randomOf(drawn.seed), given, drawn.endsWithCall)],
    others: [inner],
    parameters: { p: drawn.seed },
  });
  for (const { after, kind, to } of drawn.disturbances) {
    await stage.pass(after);
    if (kind === 'hang-up') stage.call.caller.farEnd.hangUp();
    else if (kind === 'stop') void stage.run.stop();
    else {
      const command =
        kind === 'go-to'
          ? ({ type: 'go-to', node: name(to) } as const)
          : ({ type: 'transfer', leg: 'caller', to: 'phone:ann' } as const);
      stage.run.command(command, 'test').catch(() => {});
    }
  }
  await stage.pass(400);
  if (stage.events.at(-1)?.name !== 'run.ended') {
    stage.call.caller.farEnd.hangUp();
    await stage.pass(70_000);
  }
  return { stage, given };
}

describe('replay', () => {
  it('rebuilds 200 random calls from their logs: the same states, outputs and commands', async () => {
    let disturbed = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (drawn) => {
        const { stage, given } = await callOf(drawn);
        const result = await stage.run.ended;
        const replayed = replay(stage.compiled, JSON.parse(JSON.stringify(stage.events)) as CallEvent[]);
        expect(replayed.path).toEqual(stage.run.path);
        expect(replayed.steps).toEqual(result.steps);
        expect(replayed.variables).toEqual(result.variables);

        // What nodes were really told to do is in the log, and follows from it once more.
        const told = replayed.commands.filter(({ type }) => type === 'puppet');
        for (const one of given) expect(told.some(({ config }) => isDeepStrictEqual(config, one.config))).toBe(true);
        for (const { node: id, config, data, at } of replayed.commands) {
          const compiled = stage.compiled.nodes.get(id);
          if (!data || !compiled) continue;
          const again = await evaluateConfiguration(
            compiled,
            { call: {}, ...data, now: at },
            { clock: stage.clock, random: () => 0, onMissing: () => {}, secrets: new Set(), onSecrets: () => {} },
          );
          expect(again).toEqual(config);
        }

        // The log is whole.
        expect(stage.events.map((event) => event.seq)).toEqual(stage.events.map((_, index) => index + 1));
        expect(stage.events.at(-1)?.name).toBe('run.ended');
        expect(stage.named('call.ended')).toHaveLength(1);
        expect(stage.named('node.entered')).toHaveLength(stage.named('node.left').length);
        if (drawn.disturbances.length > 0) disturbed++;
      }),
      { numRuns: 200 },
    );
    expect(disturbed).toBeGreaterThan(50);
  }, 120_000);

  it('goes as far as the log of a call that still runs', async () => {
    const stage = new Stage(
      answered({
        ask: node('menu', { prompt: [], keys: { '1': 'x' } }, { x: 'pause' }),
        pause: node('wait', { durationMs: 1_000 }),
      }),
    );
    await stage.pass(10);
    await stage.press('1');
    await stage.pass(10);
    const { states, steps } = replay(stage.compiled, stage.events);
    expect(states).toEqual(['answer', 'ask', 'pause']);
    expect(steps['ask']).toEqual({ digits: '1' });
  });

  it('notices a log of another version', async () => {
    const stage = new Stage(answered({ a: node('log', { message: 'x' }) }));
    await stage.pass(100);
    const other = new Stage(answered({ b: node('log', { message: 'x' }) }));
    expect(() => replay(other.compiled, stage.events)).toThrow(/enters a, but this version of the scenario is at b/);
  });
});
