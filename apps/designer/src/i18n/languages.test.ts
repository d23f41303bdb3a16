import { describe, expect, it } from 'vitest';
import { languageFor, localeFor } from './languages.js';

describe('the language of the page', () => {
  it.each([
    ['what was chosen', 'de', ['en-US', 'en'], 'de'],
    ['the browser’s first that there is', null, ['fr-CA', 'de-AT', 'en'], 'de'],
    ['English when there is none', null, ['lt', 'fr'], 'en'],
    ['the browser’s when what was chosen is gone', 'tlh', ['de'], 'de'],
    ['English in a browser without languages', null, [], 'en'],
  ])('is %s', (_, chosen, browser, language) => {
    expect(languageFor(chosen, browser)).toBe(language);
  });
});

describe('dates and numbers', () => {
  it('are written as in the country that the browser names', () => {
    expect(localeFor('de', ['en-US', 'de-AT', 'de-DE'])).toBe('de-AT');
    expect(localeFor('en', ['de-DE', 'en'])).toBe('en-GB');
    expect(localeFor('de', ['en-US'])).toBe('de-DE');
  });
});
