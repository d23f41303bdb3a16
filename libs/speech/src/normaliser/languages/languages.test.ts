import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, languageOf } from './index.js';

const value = fc.oneof(
  fc.integer({ min: 0, max: 3000 }),
  fc.maxSafeNat().map((n) => n % 1e15),
);

describe.each(LANGUAGES.map((language) => ({ language, code: language.code })))('$code', ({ language }) => {
  it('has a name of its own for every number and every place in a row', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        fc.pre(one !== other);
        expect(language.cardinal(one)).not.toBe(language.cardinal(other));
        expect(language.ordinal(one)).not.toBe(language.ordinal(other));
      }),
      { numRuns: 2000 },
    );
  });

  it('writes words, and nothing but words', () => {
    fc.assert(
      fc.property(value, (n) => {
        for (const spoken of [language.cardinal(n), language.ordinal(n)])
          expect(spoken).toMatch(/^\p{L}+(?:[ -]\p{L}+)*$/u);
      }),
    );
  });

  it('names every month, and every currency in one and many', () => {
    expect(new Set(language.months).size).toBe(12);
    for (let month = 1; month <= 12; month++)
      expect(language.date({ day: 2, month }).toLowerCase()).toContain(language.months[month - 1]);
    for (const names of Object.values(language.currencies)) {
      expect(language.money(1, 0, names)).toContain(names[0]);
      expect(language.money(2, 0, names)).toContain(names[1]);
    }
  });

  it('reads every minute of the day', () => {
    const spoken = new Set<string>();
    for (let minute = 0; minute < 1440; minute++) {
      spoken.add(language.time({ hour: Math.floor(minute / 60), minute: minute % 60, twelveHour: false }));
    }
    expect(spoken.size).toBe(1440);
  });
});

describe('a language tag', () => {
  it('finds its language whatever its region, script and case', () => {
    expect(languageOf('de-AT')?.code).toBe('de');
    expect(languageOf('EN_us')?.code).toBe('en');
    expect(languageOf('lt')).toBeUndefined();
  });
});
