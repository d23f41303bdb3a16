import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { setVariables as definition } from './set-variables.node.js';

const setVariables = nodeTest(definition);

describe('set-variables', () => {
  it('changes call data, each value with its own type', async () => {
    const assign = { tries: 3, name: 'Anna', vip: true, nothing: null, list: [1, { a: 2 }] };
    const result = await setVariables({ assign }).expectOutcome('done');
    expect(result.assign).toEqual(assign);
  });

  it('also runs after the call', async () => {
    await setVariables({ assign: { a: 1 } })
      .given(({ caller }) => caller.hangUp())
      .expectOutcome('done');
    expect(definition.needs).toBe('none');
  });

  it('cannot reach what is behind an object', () => {
    const assign: unknown = JSON.parse('{ "__proto__": { "polluted": true }, "constructor": 1 }');
    const { assign: read } = definition.config.parse({ assign });
    expect(Object.keys(read)).toEqual(['constructor']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each(['a-b', '1st', '', 'a b'])('refuses the name %j', (name) => {
    expect(problemsOf(definition, JSON.parse(`{"assign":{"${name}":1}}`))).toHaveLength(1);
  });
});
