import { parseScenario } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { namesIn } from './names.js';

const namesOf = (src: string, input: object) =>
  namesIn(parseScenario({ id: 'x', initial: 'a', states: { a: { invoke: { src, input } } } })).map(
    ({ kind, name, node, setting }) => `${node}.${setting}: ${kind} ${name}`,
  );

describe('the names in a document', () => {
  it.each([
    ['say', { prompt: [{ say: 'Hello' }, { play: 'jingle' }] }, ['a.prompt: media jingle']],
    [
      'menu',
      { prompt: [{ play: 'one' }], keys: { '1': 'x' }, noInputPrompts: [[{ play: 'two' }], [{ play: 'three' }]] },
      ['a.prompt: media one', 'a.noInputPrompts: media two', 'a.noInputPrompts: media three'],
    ],
    ['transfer', { to: 'phone:ana' }, ['a.to: phone ana']],
    ['transfer', { to: 'trunk:carrier/+37052123456' }, ['a.to: trunk carrier']],
    ['dial', { to: 'trunk:carrier/{{ vars.number }}' }, ['a.to: trunk carrier']],
    ['transfer', { to: 'scenario:night-desk' }, ['a.to: scenario night-desk']],
    ['transfer', { to: '+37052123456' }, []],
    ['transfer', { to: '{{ vars.to }}' }, []],
    ['subflow', { scenario: 'ask-name' }, ['a.scenario: scenario ask-name']],
    ['business-hours', { schedule: 'office' }, ['a.schedule: schedule office']],
    ['business-hours', { schedule: { timeZone: 'UTC', weekly: {} } }, []],
    ['http-request', { url: 'https://example.org', secret: 'crm' }, ['a.secret: secret crm']],
    ['say', { prompt: [{ play: '{{ vars.file }}' }] }, []],
    ['nobody-knows', { prompt: [{ play: 'x' }] }, []],
  ])('%s %j', (src, input, expected) => {
    expect(namesOf(src, input)).toEqual(expected);
  });
});
