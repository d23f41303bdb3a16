import fc from 'fast-check';
import type { Json, JsonObject } from '@callwright/kernel';
import { isCallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import {
  configurationPath,
  FINDINGS,
  isError,
  newScenario,
  parseScenario,
  validateScenario,
  type ScenarioDocument,
} from '../index.js';
import { catalogue } from '../testing/catalogue.js';
import { frontDesk, node, scenario, wire } from '../testing/documents.js';

const findings = (document: ScenarioDocument, options = {}) => validateScenario(document, catalogue, options);
const told = (document: ScenarioDocument, options = {}) =>
  findings(document, options).map((one) =>
    [one.code, one.node, ...(one.outcome ? [one.outcome] : one.path ? [one.path] : [])].join(' '),
  );

const answered = (rest: Record<string, JsonObject>) =>
  scenario({ answer: node('answer', {}, { answered: Object.keys(rest)[0]! }), ...rest });

describe('a good document', () => {
  it('has warnings at most, and stock XState accepts it', () => {
    const document = frontDesk();
    expect(findings(document).filter(isError)).toEqual([]);
    expect(told(document)).toEqual([
      'scenario.outcome-unwired menu no-match',
      'scenario.outcome-unwired sales done',
      'scenario.outcome-unwired support done',
      'scenario.outcome-unwired after_call done',
    ]);
    expect(createMachine(document as never).root.states['menu']).toBeDefined();
  });

  it('is what a new scenario is', () => {
    expect(findings(newScenario('Front desk')).filter(isError)).toEqual([]);
    expect(newScenario('Front desk, 2nd floor').id).toBe('front-desk-2nd-floor');
    expect(newScenario('Приёмная').id).toBe('scenario');
    expect(Object.keys(newScenario('x').states)).toEqual(['answer']);
  });
});

describe('every finding', () => {
  const say = (text: string, wires: Record<string, string> = { done: 'Ended' }) =>
    node('say', { prompt: [{ say: text }] }, wires);
  it.each<[keyof typeof FINDINGS, ScenarioDocument, string]>([
    [
      'scenario.bad-id',
      scenario({ answer: node('answer', {}, { answered: 'Ended' }) }, { id: 'Front Desk' }),
      'scenario.bad-id  id',
    ],
    ['scenario.bad-node-id', answered({ 'say-it': say('x') }), 'scenario.bad-node-id say-it states.say-it'],
    ['scenario.bad-node-id', answered({ Mine: { type: 'final' } }), 'scenario.bad-node-id Mine states.Mine'],
    ['scenario.bad-shape', answered({ a: { invoke: 'say' } as JsonObject }), 'scenario.bad-shape a states.a.invoke'],
    ['scenario.bad-shape', answered({ a: {} }), 'scenario.bad-shape a states.a.invoke'],
    [
      'scenario.unsupported',
      answered({ a: { ...say('x'), after: { 1000: 'a' } } }),
      'scenario.unsupported a states.a.after',
    ],
    ['scenario.unsupported', scenario({ a: node('answer') }, { type: 'parallel' }), 'scenario.unsupported  type'],
    [
      'scenario.missing-initial',
      scenario({ a: node('answer') }, { initial: 'b' }),
      'scenario.missing-initial  initial',
    ],
    ['scenario.missing-initial', scenario({}), 'scenario.missing-initial  initial'],
    ['scenario.missing-target', answered({ a: say('x', { done: 'nowhere' }) }), 'scenario.missing-target a done'],
    ['scenario.missing-target', answered({ a: say('x', { done: 'constructor' }) }), 'scenario.missing-target a done'],
    [
      'scenario.missing-target',
      scenario({ a: node('answer') }, { on: { 'call.ended': '.gone' } }),
      'scenario.missing-target  on.call.ended',
    ],
    [
      'scenario.missing-target',
      scenario({ a: node('answer', {}, { answered: 'Ended' }) }),
      'scenario.missing-target a answered',
    ],
    ['scenario.unknown-node-type', answered({ a: node('sing') }), 'scenario.unknown-node-type a states.a.invoke.src'],
    [
      'scenario.unknown-node-type',
      answered({ a: node('constructor') }),
      'scenario.unknown-node-type a states.a.invoke.src',
    ],
    [
      'scenario.bad-configuration',
      answered({ a: node('wait') }),
      'scenario.bad-configuration a states.a.invoke.input.durationMs',
    ],
    [
      'scenario.bad-configuration',
      answered({ a: node('wait', { durationMs: 1, more: 2 }) }),
      'scenario.bad-configuration a states.a.invoke.input',
    ],
    [
      'scenario.bad-configuration',
      answered({ a: node('say', { prompt: [{ say: 'x' }, { silence: -1 }] }) }),
      'scenario.bad-configuration a states.a.invoke.input.prompt.1.silence',
    ],
    [
      'scenario.reserved-outcome',
      answered({ a: node('menu', { prompt: [], keys: { '1': 'no-input' } }) }),
      'scenario.reserved-outcome a states.a.invoke.input.keys.1',
    ],
    [
      'scenario.reserved-outcome',
      answered({ a: node('branch', { cases: [{ when: 'true', outcome: 'otherwise' }] }) }),
      'scenario.reserved-outcome a states.a.invoke.input.cases.0.outcome',
    ],
    ['scenario.unknown-outcome', answered({ a: say('x', { sung: 'a' }) }), 'scenario.unknown-outcome a sung'],
    [
      'scenario.duplicate-wire',
      answered({
        a: { invoke: { src: 'wait', input: { durationMs: 1 }, onDone: [wire('done', 'a'), wire('done', 'a')] } },
      }),
      'scenario.duplicate-wire a done',
    ],
    ['scenario.outcome-unwired', answered({ a: say('x', {}) }), 'scenario.outcome-unwired a done'],
    [
      'scenario.unreachable',
      scenario({ a: node('answer', {}, { answered: 'Ended' }), b: node('hang-up') }),
      'scenario.unreachable b states.b',
    ],
    ['scenario.audio-before-answer', scenario({ a: say('x') }), 'scenario.audio-before-answer a states.a'],
    [
      'scenario.endless-loop',
      answered({ a: node('log', { message: 'x' }, { done: 'b' }), b: node('log', { message: 'y' }, { done: 'a' }) }),
      'scenario.endless-loop a states.a',
    ],
    [
      'scenario.unknown-step',
      answered({ a: say('{{ steps.nobody.digits }}') }),
      'scenario.unknown-step a states.a.invoke.input',
    ],
  ])('%s', (code, document, line) => {
    expect(told(document).map((one) => one.replace('null ', ' ').replace('  ', '  '))).toContain(line);
    expect(findings(document).find((one) => one.code === code)?.severity).toBe(FINDINGS[code][0]);
  });

  it('is told at once, with node ids, errors first', () => {
    const document = answered({
      a: node(
        'say',
        { prompt: [{ say: '{{ vars.x == 1 }}' }, { say: '{{ vars.y && 1 }}' }] },
        { gone: 'a', done: 'z' },
      ),
      b: node('nothing'),
    });
    expect(told(document)).toEqual([
      'expression.bad-syntax a states.a.invoke.input.prompt.0.say',
      'expression.bad-syntax a states.a.invoke.input.prompt.1.say',
      'scenario.unknown-node-type b states.b.invoke.src',
      'scenario.unknown-outcome a gone',
      'scenario.missing-target a done',
      'scenario.unreachable b states.b',
    ]);
    expect(configurationPath(findings(document)[0]!)).toBe('prompt.0.say');
  });

  it('names the fix of a usual slip', () => {
    const document = answered({ a: node('branch', { cases: [{ when: 'vars.x == 1', outcome: 'yes' }] }) });
    expect(findings(document)[0]).toMatchObject({
      code: 'expression.bad-syntax',
      message: expect.stringContaining('Write = for "is equal".') as string,
    });
  });

  it('is not told of what may still be filled by a call', () => {
    const document = answered({
      a: node('wait', { durationMs: '{{ vars.ms }}' }, { done: 'b' }),
      b: node(
        'menu',
        { prompt: [{ silence: '{{ vars.ms }}' }], keys: { '1': 'one' }, attempts: '{{ params.n }}' },
        { one: 'a', two: 'a', 'no-input': 'a', 'no-match': 'a' },
      ),
    });
    expect(told(document)).toEqual(['scenario.unknown-outcome b two']);
  });

  it('accepts the outcomes that a subflow’s own return nodes name', () => {
    const document = answered({ a: node('subflow', { scenario: 'other' }, { paid: 'a', done: 'a' }) });
    expect(told(document)).toEqual([]);
    expect(told(document, { outcomesOfScenario: () => ['refused'] })).toEqual([
      'scenario.unknown-outcome a paid',
      'scenario.outcome-unwired a refused',
    ]);
  });
});

describe('size', () => {
  const large = (count: number) =>
    parseScenario({
      id: 'large',
      meta: { format: 1, name: 'Large' },
      initial: 'answer',
      states: {
        answer: node('answer', {}, { answered: 'n0' }),
        ...Object.fromEntries(
          Array.from({ length: count }, (_, n) => [
            `n${n}`,
            n % 3 === 0
              ? node(
                  'menu',
                  { prompt: [{ say: `Press 1. You are {{ vars.name${n} }}.` }], keys: { '1': 'one', '2': 'two' } },
                  { one: `n${(n + 1) % count}`, two: `n${(n * 7) % count}`, 'no-input': 'n0', 'no-match': 'n0' },
                )
              : n % 3 === 1
                ? node(
                    'branch',
                    { cases: [{ when: `vars.a${n} = ${n}`, outcome: 'yes' }] },
                    { yes: `n${(n + 1) % count}`, otherwise: `n${(n + 2) % count}` },
                  )
                : node('say', { prompt: [{ say: 'Hello' }, { silence: 100 }] }, { done: `n${(n + 1) % count}` }),
          ]),
        ),
      },
    });

  it('takes work that grows with the scenario, not with its square', { timeout: 60_000 }, () => {
    // The quickest of a few rounds: the machine is not ours alone. How long it takes is a figure of the bench.
    const quickest = (nodes: number) =>
      Math.min(
        ...[0, 1, 2, 3, 4].map((round) => {
          // A document of its own each time: nothing is remembered from the round before.
          const document = large(nodes + round);
          const begin = performance.now();
          expect(findings(document).filter(isError)).toEqual([]);
          return performance.now() - begin;
        }),
      );
    quickest(100);
    expect(quickest(2_400) / quickest(300)).toBeLessThan(24);
  });

  it('says that more than 5,000 nodes are too many', { timeout: 30_000 }, () => {
    expect(told(large(5001))[0]).toContain('scenario.too-large');
  });
});

describe('any JSON (A2)', () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>(null, true, 0, '', 'answer', '{{ vars.x }}', '{{', '.menu', 'constructor', '__proto__'),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'id',
          'meta',
          'initial',
          'on',
          'states',
          'invoke',
          'src',
          'input',
          'onDone',
          'guard',
          'params',
          'is',
          'target',
          'type',
          'prompt',
          'keys',
          'cases',
          'when',
          'constructor',
          'a',
          'b',
        ),
        tie('value'),
        { maxKeys: 6 },
      ) as fc.Arbitrary<Json>,
    ),
  })).value;

  it('is a document with findings, or is refused', () => {
    fc.assert(
      fc.property(json, fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'A', ''), json), (more, states) => {
        const input = { ...(typeof more === 'object' && !Array.isArray(more) ? more : {}), id: 'x', states };
        for (const value of [more, input]) {
          try {
            const document = parseScenario(JSON.parse(JSON.stringify(value)));
            for (const one of findings(document)) expect(one.message).not.toBe('');
          } catch (error) {
            if (!isCallwrightError(error)) throw error;
            expect(error.code).toMatch(/^scenario\.(not-a-document|newer-format)$/);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
