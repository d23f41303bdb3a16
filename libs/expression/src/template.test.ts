import { isCallwrightError, type Json } from '@callwright/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, renderTemplate } from './index.js';
import { scope } from './testing/scope.js';

const render = async (text: string): Promise<Json> => {
  const { template, errors } = parseTemplate(text);
  if (!template) throw errors[0] as Error;
  return (await renderTemplate(template, scope())).value;
};

describe('templates', () => {
  it.each<[string, Json]>([
    ['{{ vars.tries }}', 2],
    [' {{ vars.list }} ', [1, 2, 3]],
    ['{{ {"a": {"b": vars.tries}} }}', { a: { b: 2 } }],
    ['{{{"a":1}}}', { a: 1 }],
    ['{{ "}}" }}', '}}'],
    ['{{ vars.nothing }}', null],
    ['You pressed {{ steps.menu.digits }}.', 'You pressed 2.'],
    ['{{ vars.name }}{{ vars.tries }}', 'Ana2'],
    ['-{{ vars.nothing }}-', '--'],
    ['list: {{ vars.list }}', 'list: [1,2,3]'],
    ['no expression } here }}', 'no expression } here }}'],
    ['', ''],
    ['{{ "{{" }} is how it begins', '{{ is how it begins'],
  ])('%s', async (text, expected) => {
    expect(await render(text)).toEqual(expected);
  });

  it('tells what was missing', async () => {
    const { template } = parseTemplate('{{ vars.a.b }} and {{ vars.tries }} and {{ steps.x }}');
    expect((await renderTemplate(template!, scope())).missing).toEqual(['vars.a.b', 'steps.x']);
  });

  it.each([
    ['a {{ vars.x == 1 }}', [12]],
    ['{{ vars.x && 1 }} {{ vars.y || 2 }}', [10, 28]],
    ['text {{ open', [5]],
    ["{{ it's }}", [3]],
    ['{{ }}', [3]],
  ])('finds every error of %s, and where', (text, positions) => {
    const { template, errors } = parseTemplate(text);
    expect(template).toBeNull();
    expect(errors.map((error) => error.details['position'])).toEqual(positions);
  });

  it('refuses texts that grow too large', async () => {
    const { template } = parseTemplate('{{ $pad("", 200000) }}{{ $pad("", 200000) }}');
    await expect(renderTemplate(template!, scope())).rejects.toMatchObject({ code: 'expression.too-large' });
  });

  it('reads any text (A2)', () => {
    const piece = fc.constantFrom('{{', '}}', '{', '}', '"', "'", 'vars.a', ' ', '`', '\\', 'x');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const { template, errors } = parseTemplate(text);
          expect(template === null).toBe(errors.length > 0);
          for (const error of errors) {
            expect(isCallwrightError(error)).toBe(true);
            expect(error.details['position']).toBeGreaterThanOrEqual(0);
            expect(error.details['position']).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it('reads a long run of open braces quickly', () => {
    const begin = performance.now();
    parseTemplate('{{'.repeat(32_768));
    parseTemplate('{{ x }}'.repeat(9_000));
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
