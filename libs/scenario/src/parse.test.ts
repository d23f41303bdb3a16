import { isCallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import {
  canonicalScenario,
  metaOf,
  parseScenario,
  readScenario,
  scenarioJsonSchema,
  validateScenario,
  writeScenario,
} from './index.js';
import { frontDesk, node } from './testing/documents.js';
import { upgradeScenario } from './upgrade.js';

const refused = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (isCallwrightError(error)) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('what is not a document at all', () => {
  const nested = (depth: number) => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as unknown;
  it.each<[string, unknown, string]>([
    ['a text', 'hello', ''],
    ['a list', [], ''],
    ['null', null, ''],
    ['nothing', {}, 'id'],
    ['no states', { id: 'a' }, 'states'],
    ['a list of states', { id: 'a', states: [] }, 'states'],
    ['a state that is none', { id: 'a', states: { b: 1 } }, 'states.b'],
    ['a number as id', { id: 5, states: {} }, 'id'],
    ['deep nesting', { id: 'a', states: { b: nested(5000) } }, 'states.b.a.a'],
    [
      '__proto__ as a key',
      JSON.parse('{"id":"a","states":{"b":{"invoke":{"input":{"__proto__":{"x":1}}}}}}'),
      'states.b.invoke.input',
    ],
    ['__proto__ as a node', JSON.parse('{"id":"a","states":{"__proto__":{"invoke":{}}}}'), 'states'],
    ['a huge text', { id: 'a', states: {}, meta: { name: 'x'.repeat(100_001) } }, 'meta.name'],
    ['very many values', { id: 'a', states: {}, meta: Array.from({ length: 200_001 }, () => 1) }, ''],
    ['a function', { id: 'a', states: { b: { c: () => 1 } } }, 'states.b.c'],
    ['a class', { id: 'a', states: { b: { c: new Date() } } }, 'states.b.c'],
    ['no number', { id: 'a', states: { b: { c: Number.NaN } } }, 'states.b.c'],
  ])('%s', (_name, input, path) => {
    const error = refused(() => parseScenario(input));
    expect(error.code).toBe('scenario.not-a-document');
    expect((error.details['fields'] as { path: string }[])[0]?.path).toBe(path);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('tells text that is not JSON, and text that is too long', () => {
    expect(refused(() => readScenario('{"id": ')).code).toBe('scenario.bad-json');
    expect(refused(() => readScenario(' '.repeat(4_000_001))).code).toBe('scenario.not-a-document');
    expect(refused(() => readScenario('['.repeat(100_000))).code).toBe('scenario.bad-json');
  });

  it('refuses what a newer release wrote', () => {
    expect(refused(() => parseScenario({ id: 'a', meta: { format: 2 }, states: {} })).code).toBe(
      'scenario.newer-format',
    );
  });
});

describe('a document', () => {
  it('is frozen to the ground and left as it came', () => {
    const input = { id: 'a', states: { b: node('answer', { headers: { x: 'y' } }) } };
    const before = JSON.stringify(input);
    const document = parseScenario(input);
    expect(JSON.stringify(document)).toBe(before);
    expect(() => Object.assign(document.states['b'] as object, { x: 1 })).toThrow(TypeError);
  });

  it('is upgraded step by step', () => {
    const old = { id: 'a', meta: { format: 1, name: 'A' }, states: {} };
    const upgraded = upgradeScenario(
      old,
      { 1: (d) => ({ ...d, initial: 'x' }), 2: (d) => ({ ...d, initial: `${d.initial as string}y` }) },
      3,
    );
    expect(upgraded).toEqual({ id: 'a', meta: { format: 3, name: 'A' }, initial: 'xy', states: {} });
  });
});

describe('a document whose format is no number of a format', () => {
  it.each([-1e308, -1, 0, 0.5, '1', null])('is read at once, and validation says so: %s', (format) => {
    const document = parseScenario({ id: 'a', meta: { format }, initial: 'b', states: { b: node('answer', {}) } });
    expect(metaOf(document)['format']).toBe(format);
    expect(validateScenario(document, new Map()).map(({ path }) => path)).toContain('meta.format');
  });
});

describe('canonical writing', () => {
  it('has one order of keys and is a fixed point', () => {
    const mixed = parseScenario({
      states: {
        z: {
          invoke: {
            onDone: [{ reenter: true, target: 'a', guard: { type: 'outcome', params: { is: 'done' } } }],
            input: { b: 1, a: 2 },
            src: 'x',
          },
          meta: { label: 'l', canvas: { x: 1, y: 2 } },
        },
        a: {},
      },
      on: { 'call.ended': '.a' },
      initial: 'z',
      meta: { name: 'N', variables: {}, format: 1 },
      id: 'mixed',
    });
    const text = writeScenario(mixed);
    expect(text.match(/"(\w+)":/g)?.join(' ')).toBe(
      '"id": "meta": "format": "name": "variables": "initial": "on": "states": "z": "meta": "canvas": "x": "y": "label": "invoke": "src": "input": "b": "a": "onDone": "guard": "type": "params": "is": "target": "reenter": "a":',
    );
    expect(writeScenario(readScenario(text))).toBe(text);
    expect(canonicalScenario(mixed)).toEqual(mixed);
  });

  it('leaves the contract’s example as it is', () => {
    expect(JSON.stringify(canonicalScenario(frontDesk()))).toBe(JSON.stringify(frontDesk()));
  });
});

it('the published JSON Schema is up to date', async () => {
  await expect(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../scenario.schema.json');
});
