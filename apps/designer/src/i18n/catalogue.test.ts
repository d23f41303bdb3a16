import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectTexts, sourceFiles } from './testing/collectTexts.js';
import { libraryTexts } from './testing/libraryTexts.js';
import { unsaidTexts } from './testing/unsaidTexts.js';

type Catalogue = Readonly<Record<string, string>>;

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Catalogue;
const germanFiles = readdirSync(join(import.meta.dirname, 'de')).filter((name) => name.endsWith('.json'));
const german: Catalogue = Object.assign({}, ...germanFiles.map((name) => read(`de/${name}`))) as Catalogue;

const { texts, unreadable } = collectTexts();
const said = new Map(texts.map((text) => [text.key, text]));
const plurals = [...new Set(texts.filter(({ plural }) => plural).map(({ key }) => key))];
const singles = [...new Set(texts.filter(({ plural }) => !plural).map(({ key }) => key))];
const library = libraryTexts();

const variables = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name]) => name).toSorted();
const tags = (text: string) => [...text.matchAll(/<(\w+)>/g)].map(([, name]) => name).toSorted();

it('reads every text from the sources', () => {
  expect(unreadable).toEqual([]);
  expect(texts.length).toBeGreaterThan(50);
});

describe('English', () => {
  it('has a singular for every text with a count, and nothing else: the rest is the text itself', () => {
    expect(Object.keys(read('en.json')).toSorted()).toEqual(plurals.map((key) => `${key}_one`).toSorted());
  });
});

describe('German', () => {
  const wanted = new Set([...singles, ...library, ...plurals.flatMap((key) => [`${key}_one`, `${key}_other`])]);

  it('says everything that the page says', () => {
    const missing = [...wanted].filter((key) => !(german[key] ?? '').trim());
    expect(missing.map((key) => `${said.get(key.replace(/_(one|other)$/, ''))?.where ?? 'libs'}: ${key}`)).toEqual([]);
  });

  it('says nothing that the page does not say any more', () => {
    expect(Object.keys(german).filter((key) => !wanted.has(key))).toEqual([]);
  });

  it('says the same thing in one way, whichever file it is in', () => {
    const ways = new Map<string, Set<string>>();
    for (const file of germanFiles)
      for (const [key, text] of Object.entries(read(`de/${file}`)))
        ways.set(key, (ways.get(key) ?? new Set()).add(text));
    expect([...ways].filter(([, different]) => different.size > 1).map(([key]) => key)).toEqual([]);
  });

  it('fills in what the English text fills in, and marks what it marks', () => {
    const own = Object.entries(german).filter(([key]) => !library.includes(key));
    // “one call” need not say the number.
    const differs = ([key, text]: [string, string]) =>
      (!key.endsWith('_one') && variables(key).join() !== variables(text).join()) ||
      tags(key).join() !== tags(text).join();
    expect(own.filter(differs).map(([key]) => key)).toEqual([]);
  });
});

it('leaves no words in the markup that only English can say', { timeout: 60_000 }, () => {
  const root = join(import.meta.dirname, '..');
  expect(unsaidTexts(sourceFiles(), root)).toEqual([]);
});
