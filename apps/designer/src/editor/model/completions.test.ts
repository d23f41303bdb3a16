import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { completionsAt, upstreamOf, type CompletionContext } from './completions.js';
import { madeUpSample } from './sample.js';

const document = frontDesk(
  { type: 'set-variables', variables: { tries: 0 } },
  { type: 'add-node', id: 'count', node: { type: 'set-variables', input: { assign: { total: 1 } } } },
  { type: 'add-node', id: 'ask_web', node: { type: 'http-request', input: { url: 'https://example.org' } } },
);
const context = (more: Partial<CompletionContext> = {}): CompletionContext => ({
  document,
  node: 'sales',
  sample: madeUpSample(document, '2026-03-02T10:00:00Z'),
  braces: false,
  ...more,
});
/** `|` is the caret. */
const at = (text: string, more: Partial<CompletionContext> = {}) => {
  const caret = text.indexOf('|');
  return completionsAt(text.replace('|', ''), caret, context(more));
};
const texts = (text: string, more: Partial<CompletionContext> = {}) =>
  at(text, more)?.options.map((one) => one.text) ?? null;

describe('what can stand at the caret', () => {
  it.each([
    ['ca|', ['call.']],
    ['call.f|', ['call.from']],
    ['vars.|', ['vars.tries', 'vars.total']],
    ['steps.menu.|', ['steps.menu.digits', 'steps.menu.error']],
    ['steps.ask_web.b|', ['steps.ask_web.body']],
    ['$upp|', ['$uppercase(']],
    ['vars.tries > 2 and st|', ['steps.']],
    ['"call.|"', null],
  ])('of %j is %j', (text, options) => expect(texts(text)).toEqual(options));

  it('of a step is first the node that has run by then', () => {
    expect(texts('steps.|')?.[0]).toBe('steps.menu.');
    expect(texts('steps.|')).toContain('steps.ask_web.');
  });

  it('of a template is something within its braces alone', () => {
    expect(texts('Hello call.|', { braces: true })).toBeNull();
    expect(texts('Hello {{ call.fr| }}', { braces: true })).toEqual(['call.from']);
    expect(texts('{{ now }} call.|', { braces: true })).toBeNull();
  });

  it('takes the place of the whole word', () => {
    expect(at('{{ vars.tr|ies }}', { braces: true })).toMatchObject({ from: 3, to: 13 });
  });
});

it('upstream is where a call can come from', () => {
  expect([...upstreamOf(document, 'sales')].toSorted()).toEqual(['answer', 'menu']);
});
