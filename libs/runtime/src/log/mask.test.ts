import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, node, say, scenario, Stage } from '../testing/stage.js';
import { MASK } from '@callwright/expression';
import { Mask } from './mask.js';

describe('a mask', () => {
  it('takes secrets out of texts, numbers and keys, also when they are read out', () => {
    const mask = new Mask();
    mask.add('1234');
    mask.add('12345');
    expect(mask.value({ a: 'x1234y', b: [1234, 12, 'pin 1 2 3 4.', '12345', '1-2-3-4'], '1234': null })).toEqual({
      a: `x${MASK}y`,
      b: [MASK, 12, `pin ${MASK}.`, MASK, MASK],
      [MASK]: null,
    });
  });

  it('leaves our own words alone', () => {
    const mask = new Mask();
    mask.add('menu');
    mask.add('5');
    expect(mask.event({ name: 'node.left', node: 'menu', durationMs: 5, output: 'menu 5' })).toEqual({
      name: 'node.left',
      node: 'menu',
      durationMs: 5,
      output: `${MASK} ${MASK}`,
    });
  });

  it('leaves the names of nodes and variables alone', () => {
    const mask = new Mask();
    mask.add('2');
    expect(mask.named({ door_2: { '2': '2' } })).toEqual({ door_2: { [MASK]: MASK } });
    expect(mask.event({ name: 'variables.changed', changes: { door_2: 2 } })).toEqual({
      name: 'variables.changed',
      changes: { door_2: MASK },
    });
  });

  it('leaves nothing of any secret in any text', () => {
    const secret = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const mask = new Mask();
          for (const one of secrets) mask.add(one);
          for (const one of secrets.filter((text) => !MASK.includes(text))) {
            const shown = mask.text(`${before}${one}${after}`);
            expect(shown.split(MASK).every((rest) => !rest.includes(one))).toBe(true);
          }
        },
      ),
    );
  });
});

describe('secret digits', () => {
  const pin = { prompt: [{ say: 'pin' }], maxDigits: 4, secret: true };
  const document = (input = pin) =>
    answered({
      menu: node('menu', { prompt: [{ say: 'menu' }], keys: { '1': 'go' }, attempts: 1 }, { go: 'hello' }),
      hello: say('hello there', 'ask'),
      ask: node('get-digits', input, { digits: 'keep', 'no-match': 'keep', 'no-input': 'keep' }),
      keep: node(
        'set-variables',
        { assign: { pin: '{{ steps.ask.digits }}', spaced: '{{ $join($split(steps.ask.digits, ""), " ") }}' } },
        { done: 'check' },
      ),
      check: node(
        'branch',
        { cases: [{ when: 'vars.pin = "4711"', outcome: 'right' }] },
        { right: 'read', otherwise: 'wrong' },
      ),
      read: say('You typed {{ vars.pin }}.', 'tell'),
      tell: node('log', { message: 'the pin is {{ vars.pin }}, {{ $number(vars.pin) + 0 }}' }),
      wrong: node('log', { message: 'wrong' }),
    });

  const callWith = async (press: (stage: Stage) => Promise<unknown>) => {
    const stage = new Stage(document());
    await stage.pass(100);
    await stage.press('1');
    await press(stage);
    await stage.pass(30_000);
    return stage;
  };

  it('are in no event, while expressions see them', async () => {
    const stage = await callWith(async (call) => {
      await call.pass(2_000);
      await call.press('4711');
    });
    expect(stage.run.path).toContain('read');
    expect(JSON.stringify(stage.events)).not.toMatch(/4\W{0,3}7\W{0,3}1\W{0,3}1/);
    expect(JSON.stringify(await stage.run.ended)).not.toContain('4711');
    expect(JSON.stringify(stage.run.variables)).not.toContain('4711');
    expect(stage.named('digit.received').map((event) => event.digit)).toEqual(['1', null, null, null, null]);
    expect(stage.named('node.left').find((event) => event.node === 'ask')?.output).toMatchObject({ digits: MASK });
    expect(stage.call.caller.farEnd.transcript).toContain('You typed 4711.');
  });

  it('that are typed ahead are hidden too', async () => {
    const stage = await callWith(async (call) => {
      await call.pass(200);
      expect(call.run.node).toBe('hello');
      await call.press('4711');
    });
    expect(stage.run.path).toContain('read');
    expect(JSON.stringify(stage.events)).not.toMatch(/4\W{0,3}7\W{0,3}1\W{0,3}1/);
    expect(stage.named('digit.received').map((event) => event.digit)).toEqual(['1', null, null, null, null]);
  });

  it('of a subflow are hidden in the flow around it', async () => {
    const inner = scenario(
      {
        ask: node('get-digits', pin, { digits: 'back' }),
        back: node('return', { outputs: { pin: '{{ steps.ask.digits }}' } }),
      },
      { id: 'inner' },
    );
    const stage = new Stage(
      answered({
        sub: node('subflow', { scenario: 'inner' }, { done: 'tell' }),
        tell: node('log', { message: '{{ steps.sub.pin }}' }),
      }),
      { others: [inner] },
    );
    await stage.pass(2_000);
    await stage.press('4711');
    await stage.pass(10_000);
    expect(stage.run.path).toContain('tell');
    expect(JSON.stringify(stage.events)).not.toContain('4711');
  });

  it('are in no name of a recording', async () => {
    const stage = new Stage(
      answered({
        ask: node('get-digits', pin, { digits: 'mail' }),
        mail: node('record', { name: 'from {{ steps.ask.digits }}', beep: false }),
      }),
    );
    await stage.pass(2_000);
    await stage.press('4711');
    await stage.pass(500);
    await stage.hangUp();
    await stage.pass(100);
    expect([...stage.call.recordings.keys()]).toEqual(['from xxx']);
  });

  it('are shown where nothing is secret', async () => {
    const stage = new Stage(answered({ ask: node('get-digits', { ...pin, secret: false }) }));
    await stage.pass(2_000);
    await stage.press('4711');
    expect(
      stage
        .named('digit.received')
        .map((event) => event.digit)
        .join(''),
    ).toBe('4711');
  });
});
