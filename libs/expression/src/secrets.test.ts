import { isCallwrightError, type JsonObject } from '@callwright/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileExpression,
  evaluate,
  MASK,
  parseTemplate,
  renderTemplate,
  type Scope,
  type Template,
} from './index.js';

const scope = (vars: JsonObject = { tries: 2, pin: '4711', list: [1, 2] }): Scope => ({
  call: { from: '+370' },
  vars,
  steps: { ask: { digits: '4711', cause: 'count' }, menu: { digits: '1' } },
  params: { language: 'en' },
  now: '2026-03-02T10:00:00.000Z',
});
const secrets = new Set(['vars.pin', 'steps.ask.digits']);

const secret = async (text: string): Promise<boolean> =>
  (await evaluate(compileExpression(text), scope(), { secrets })).secrets.length > 0;

describe('an expression that reads a secret', () => {
  it.each([
    'steps.ask.digits',
    'vars.pin',
    '$reverse($split(vars.pin, ""))',
    '$length(steps.ask.digits)',
    '$substring(vars.pin, 0, 1)',
    'steps.ask.digits = "4711" ? "gold" : "guest"',
    '$$.steps.ask.digits',
    '$.vars.pin',
    'vars.*',
    'steps.**.digits',
    '**[$ = "4711"]',
    '$lookup(steps.ask, "digits")',
    '$lookup($, "vars")',
    '$string()',
    '$string(steps)',
    '$each(vars, function($value, $name) { $name & $string($value) })',
    '$map($keys(vars), function($name) { $lookup($$.vars, $name) })',
    '($all := steps; $all.ask.digits)',
    '(function($who) { $who.vars.pin })($)',
    '$merge([vars, {"x": 1}])',
    '$sift(vars, function($value) { $value = "4711" })',
    'vars ~> |$|{"y": pin}|',
    'steps.ask.digits[]',
    'steps.ask{cause: digits}',
    '{"everything": vars}',
    '[steps]',
    'vars',
    '$',
  ])('gives a secret: %s', async (text) => expect(await secret(text)).toBe(true));

  it.each([
    'steps.menu.digits', 'steps.ask.cause', 'vars.tries + 1', 'call.from', 'params.language', 'now', '$map(vars.list, function($one) { $one * 2 })',
  ])('gives none when it reads something else: %s', async (text) => expect(await secret(text)).toBe(false)); // prettier-ignore

  it('gives the very same value as without the watch', async () => {
    for (const text of [
      'steps',
      'vars',
      '$',
      '$merge([vars, {"x": 1}])',
      'vars ~> |$|{"y": pin}|',
      'steps.ask.digits[]',
    ]) {
      const { value } = await evaluate(compileExpression(text), scope());
      expect((await evaluate(compileExpression(text), scope(), { secrets })).value).toEqual(value);
    }
  });

  it('says nothing of the value when it fails', async () => {
    const failing = ['$number("x" & vars.pin)', '$error(vars.pin)', 'vars.pin + 1', '$sum(steps.ask.digits)'];
    for (const text of failing) {
      const thrown: unknown = await evaluate(compileExpression(text), scope(), { secrets }).catch(
        (error: unknown) => error,
      );
      if (!isCallwrightError(thrown)) throw thrown;
      expect([text, thrown.code, thrown.cause]).toEqual([text, 'expression.failed', undefined]);
      expect(`${thrown.message} ${JSON.stringify(thrown.details)}`).not.toContain('4711');
    }
  });

  it('is masked in its text, and whole where it stands alone', async () => {
    const shown = async (text: string) =>
      (await renderTemplate(parseTemplate(text).template as Template, scope(), { secrets })).shown;
    expect(await shown('Hello {{ call.from }}, {{ $reverse([vars.pin]) }}')).toBe(`Hello +370, ${MASK}`);
    expect(await shown('{{ [1, vars.pin] }}')).toBe(MASK);
    expect(await shown('{{ vars.pin = "4711" }}')).toBe(true);
    expect(await shown('{{ vars.tries }}')).toBe(2);
  });

  it('is noticed wherever the secret is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.string(), { minKeys: 1 }), async (vars) => {
        for (const name of Object.keys(vars)) {
          const options = { secrets: new Set([`vars.${name}`]) };
          for (const [text, reads] of [
            [`vars.${name}`, true],
            ['$string(vars)', true],
            ['call.from', false],
          ] as const) {
            const { value, secrets: found } = await evaluate(compileExpression(text), scope(vars), options);
            expect(found).toEqual(reads ? [value] : []);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
