import { readFileSync } from 'node:fs';
import type { JsonObject } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import {
  checkExpression,
  compileExpression,
  DEFAULT_LIMITS,
  evaluate,
  MAX_EXPRESSION,
  parseTemplate,
  renderTemplate,
} from './index.js';
import { scope } from './testing/scope.js';

const guide = readFileSync(new URL('../../../docs/guides/expressions.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```(\w+)\n([^`]*(?:`[^`]+`[^`]*)*?)```/g)].map(([, kind = '', text = '']) => ({
  kind,
  lines: text.trim().split('\n'),
  text,
}));
const examples = (kind: string, arrow: string) =>
  blocks
    .filter((block) => block.kind === kind)
    .flatMap((block) => block.lines)
    .map((line): [string, string] => {
      const at = line.lastIndexOf(arrow);
      return [line.slice(0, at).trim(), line.slice(at + arrow.length).trim()];
    });

const data = JSON.parse(blocks.find((block) => block.kind === 'json')?.text ?? '') as {
  vars: JsonObject;
  params: JsonObject;
};
const here = scope(data);

describe('the guide of expressions is true', () => {
  it.each(examples('expression', '→'))('%s is %s', async (text, expected) => {
    expect((await evaluate(compileExpression(text), here)).value).toEqual(JSON.parse(expected));
  });

  it.each(examples('template', '→'))('%s is %s', async (text, expected) => {
    const { template } = parseTemplate(text);
    expect((await renderTemplate(template!, here)).value).toEqual(JSON.parse(expected));
  });

  it.each(examples('slip', '✗'))('%s: %s', (text, message) => {
    expect(checkExpression(text)?.message).toBe(message);
  });

  it('and has many examples, and the limits as they are', () => {
    expect(examples('expression', '→').length).toBeGreaterThan(30);
    for (const limit of [...Object.values(DEFAULT_LIMITS), MAX_EXPRESSION])
      expect(guide).toContain(limit.toLocaleString('en-US'));
  });
});
