import type { JsonObject } from '@callwright/kernel';
import { MASK } from '@callwright/expression';
import { describe, expect, it } from 'vitest';
import { answered, node, say, scenario, Stage, type StageOptions } from '../testing/stage.js';

/* What is made of a secret is one, wherever it goes: the caller types 4711, and expressions turn it into something else. */

const ask = (to: string) =>
  node('get-digits', { prompt: [{ say: 'pin' }], maxDigits: 4, secret: true }, { digits: to });

async function played(states: Readonly<Record<string, JsonObject>>, options: StageOptions = {}): Promise<Stage> {
  const stage = new Stage(answered({ ask: ask(Object.keys(states)[0] ?? ''), ...states }), options);
  await stage.pass(2_000);
  await stage.press('4711');
  await stage.pass(30_000);
  return stage;
}

const configOf = (stage: Stage, id: string) => stage.named('node.entered').find(({ node }) => node === id)?.config;
const outputOf = (stage: Stage, id: string) => stage.named('node.left').find(({ node }) => node === id)?.output;

describe('what is made of a secret', () => {
  it('is masked in configurations, call data and everything that is made of it in turn', async () => {
    const stage = await played({
      keep: node(
        'set-variables',
        {
          assign: {
            backwards: '{{ $join($reverse($split(steps.ask.digits, ""))) }}',
            first: '{{ $substring(steps.ask.digits, 0, 1) }}',
            length: '{{ $length(steps.ask.digits) }}',
            list: ['plain', '{{ $split(steps.ask.digits, "") }}'],
            right: '{{ steps.ask.digits = "4711" }}',
            plain: '{{ call.to }}',
          },
        },
        { done: 'again' },
      ),
      again: node(
        'set-variables',
        { assign: { twice: '{{ vars.first & vars.first }}', first: 'new' } },
        { done: 'tell' },
      ),
      tell: node('log', {
        message: 'first: {{ vars.first }}, twice: {{ vars.twice }}, {{ vars.length + 1 }}, {{ call.to }}',
      }),
    });
    const first = { backwards: MASK, first: MASK, length: MASK, list: MASK, right: true, plain: '1000' };
    expect(stage.named('variables.changed').map(({ changes }) => changes)).toEqual([
      first,
      { twice: MASK, first: 'new' },
    ]);
    expect(configOf(stage, 'keep')).toEqual({ assign: { ...first, list: ['plain', MASK] } });
    expect(stage.log).toContain(`first: new, twice: ${MASK}, ${MASK}, 1000`);
    expect(stage.run.variables).toEqual({ ...first, twice: MASK, first: 'new' });
    expect((await stage.run.ended).variables).toEqual(stage.run.variables);
    expect(stage.run.values).toMatchObject({ backwards: '1174', twice: '44', length: 4 });
    expect(JSON.stringify(stage.events)).not.toMatch(/1174|"44"/);
  });

  it('is hidden in prompts, addresses, names of recordings and messages of faults', async () => {
    const half = '{{ $substring(steps.ask.digits, 1, 1) }}';
    const stage = await played({
      read: say(`Your second digit is ${half}.`, 'mail'),
      mail: node('record', { name: `mail ${half}`, maxMs: 200, beep: false }, { recorded: 'dial', 'no-audio': 'dial' }),
      dial: node('dial', { to: `sip:${half}@example.org` }, { answered: 'bad', failed: 'bad', 'no-answer': 'bad' }),
      bad: node('send-digits', { digits: `x${half}` }, { failed: 'worse' }),
      worse: node('log', { message: '{{ $number("no " & steps.ask.digits) }}' }),
    });
    expect(stage.call.caller.farEnd.transcript).toContain('Your second digit is 7.');
    expect(stage.named('prompt.started').find(({ node }) => node === 'read')?.parts).toEqual([
      { say: `Your second digit is ${MASK}.` },
    ]);
    expect([...stage.call.recordings.keys()]).toEqual(['mail xxx']);
    expect(configOf(stage, 'dial')).toMatchObject({ to: `sip:${MASK}@example.org` });
    expect(stage.named('leg.added').map(({ leg, uri }) => [leg, uri.includes('7@')])).toEqual([
      ['caller', false],
      ['agent', false],
    ]);
    expect(outputOf(stage, 'bad')).toMatchObject({ error: { code: 'node.bad-configuration' } });
    expect(JSON.stringify(stage.events.filter(({ name }) => /node|run|log/.test(name)))).not.toMatch(/x7|4711|no 4/);
    expect(stage.named('run.failed').at(-1)?.message).toBe('The expression failed with a value that is secret.');
  });

  it('goes into a subflow and comes out of it as what it is', async () => {
    const inner = scenario(
      {
        turn: node('set-variables', { assign: { part: '{{ $substring(params.pin, 2) }}' } }, { done: 'back' }),
        back: node('return', { outputs: { part: '{{ vars.part }}', open: '{{ params.open }}' } }),
      },
      { id: 'inner' },
    );
    const stage = await played(
      {
        sub: node(
          'subflow',
          { scenario: 'inner', inputs: { pin: '{{ steps.ask.digits }}', open: 'yes' } },
          { done: 'tell' },
        ),
        tell: node('log', { message: '{{ steps.sub.part }} {{ steps.sub.open }}' }),
      },
      { others: [inner] },
    );
    expect(configOf(stage, 'sub')).toMatchObject({ inputs: { pin: MASK, open: 'yes' } });
    expect(outputOf(stage, 'sub')).toEqual({ part: MASK, open: 'yes' });
    expect(stage.log).toContain(`${MASK} yes`);
    expect((await stage.run.ended).steps['sub']).toEqual({ part: MASK, open: 'yes' });
    expect(stage.run.values).toEqual({});
    expect(JSON.stringify(stage.events)).not.toMatch(/"11"|11 yes/);
  });

  it('is a secret no more where something else takes its place', async () => {
    const stage = await played({
      keep: node('set-variables', { assign: { x: '{{ $reverse([steps.ask.digits]) }}' } }, { done: 'clear' }),
      clear: node('set-variables', { assign: { x: 'public' } }, { done: 'tell' }),
      tell: node('log', { message: 'x is {{ vars.x }}' }),
    });
    expect(stage.log).toContain('x is public');
  });

  it('is sent where the scenario sends it, and hidden in what comes back', async () => {
    const sent: string[] = [];
    const stage = await played(
      {
        check: node(
          'http-request',
          {
            url: 'https://example.org/{{ $join($reverse($split(steps.ask.digits, ""))) }}',
            body: { pin: '{{ steps.ask.digits }}' },
          },
          { ok: 'tell' },
        ),
        tell: node('log', { message: '{{ steps.check.body.name }}' }),
      },
      {
        http: ({ url, body }) => {
          sent.push(url, body ?? '');
          const reply = JSON.stringify({ name: 'Ada', echo: `${url} ${body ?? ''}` });
          return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: reply });
        },
      },
    );
    expect(sent).toEqual(['https://example.org/1174', '{"pin":"4711"}']);
    expect(outputOf(stage, 'check')).toMatchObject({ status: 200, body: { name: 'Ada' } });
    expect(stage.log).toContain('Ada');
    expect(JSON.stringify(stage.events)).not.toMatch(/1174|4711/);
  });
});
