import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberIndex } from './number-index.js';
import { parsePattern } from './pattern.js';

const indexOf = (...patterns: string[]) => new NumberIndex(patterns.map((pattern) => [pattern, pattern]));

describe('the numbers in memory', () => {
  it('give the exact number before any prefix', () => {
    expect(indexOf('1000', '1*', '100*').find('1000')).toBe('1000');
  });

  it('give the longest prefix', () => {
    const index = indexOf('1*', '100*', '*');
    expect([index.find('1005'), index.find('12'), index.find('7'), index.find('')]).toEqual(['100*', '1*', '*', '*']);
  });

  it('give nothing where nothing fits', () => {
    expect(indexOf('1000', '2*').find('1001')).toBeNull();
  });

  it('agree with looking through all of them', () => {
    const digits = fc.stringMatching(/^[0-9]{0,5}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(digits, fc.boolean())), digits, (given, number) => {
        const patterns = given.map(([text, prefix]) => (prefix ? `${text}*` : text));
        const fitting = patterns.filter(
          (pattern) => pattern === number || (pattern.endsWith('*') && number.startsWith(pattern.slice(0, -1))),
        );
        const best =
          fitting.find((pattern) => pattern === number) ?? fitting.sort((a, b) => b.length - a.length)[0] ?? null;
        expect(indexOf(...patterns).find(number)).toBe(best);
      }),
    );
  });
});

describe('a pattern', () => {
  it('loses its visual separators', () => {
    expect([
      parsePattern('+370 (5) 212-34.56'),
      parsePattern('10 00*'),
      parsePattern('*'),
      parsePattern('front desk'),
      parsePattern(''),
    ]).toEqual(['+37052123456', '1000*', '*', null, null]);
  });

  it('has a star at its end, or where a service code begins, and nowhere else', () => {
    const given = ['10*', '*21', '*21*', '##002#', '#31#', '10*0', '10*0*', '1**', '**', '*21*5', '+*'];
    expect(given.filter((text) => parsePattern(text) === text)).toEqual(['10*', '*21', '*21*', '##002#', '#31#']);
  });
});
