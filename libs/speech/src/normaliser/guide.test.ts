import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const guide = readFileSync(new URL('../../../../docs/guides/speech.md', import.meta.url), 'utf8');

/** The rows of the guide's tables: the example (in backquotes) and what the other columns say is spoken. */
const rows = guide
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .flatMap(([example, ...spoken]) => {
    const text = /^`(.+)`$/.exec(example ?? '')?.[1];
    return text === undefined ? [] : [{ text, spoken }];
  });
const sayAs = rows.filter(({ text }) => text.startsWith('<say-as '));
const plain = rows.filter(({ text, spoken }) => !text.startsWith('<') && spoken.length === 1);

const words = (text: string, language: string) =>
  normalise(text, language)
    .map((segment) => (segment.kind === 'text' ? segment.text : ''))
    .join(' ');

describe('the guide', () => {
  it('has its tables', () => {
    expect(sayAs.length).toBeGreaterThan(12);
    expect(plain.length).toBeGreaterThan(8);
  });

  it.each(sayAs)('tells the truth about $text', ({ text, spoken }) => {
    expect(['en', 'de', 'fr'].map((language) => words(`<speak>${text}</speak>`, language))).toEqual(spoken);
  });

  it.each(plain)('tells the truth about $text', ({ text, spoken }) => {
    expect([words(text, 'en')]).toEqual(spoken);
  });
});
