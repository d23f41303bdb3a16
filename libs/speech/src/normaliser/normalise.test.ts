import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { isCallwrightError, type CallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import { escapeForSsml } from './markup.js';
import { normalise } from './normalise.js';

/** What is spoken, with breaks as numbers. */
const heard = (text: string, language = 'en') =>
  normalise(text, language).map((segment) => (segment.kind === 'break' ? segment.ms : segment.text));
const words = (text: string, language = 'en') => heard(text, language).join(' | ');

function refusal(text: string): CallwrightError {
  try {
    normalise(text, 'en');
  } catch (error) {
    if (isCallwrightError(error)) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('numbers in running English', () => {
  it.each([
    ['You are 1st in line, 2nd to none, 23rd.', 'You are first in line, second to none, twenty-third.'],
    ['It is 3.5 or 0.75', 'It is three point five or zero point seven five'],
    ['It costs £10.50', 'It costs ten pounds and fifty pence'],
    ['$1, €0.05, 20 EUR', 'one dollar, five cents, twenty euros'],
    [
      '£5 million and $1,234.56',
      'five million pounds and one thousand two hundred thirty-four dollars and fifty-six cents',
    ],
    ['on 2026-11-20', 'on November twentieth, twenty twenty-six'],
    ['at 18:05', 'at eighteen oh five'],
    ['at 6:05 p.m. or 9 am', 'at six oh five P M or nine A M'],
    ['Call +370 612 34567.', 'Call plus three seven zero, six one two, three four five six seven.'],
    ['1,234,567', 'one million two hundred thirty-four thousand five hundred sixty-seven'],
    ['code 007', 'code zero zero seven'],
    ['-5 degrees, 50%', 'minus five degrees, fifty percent'],
    ['version 1.2.3', 'version one point two point three'],
    ['10-12 people', 'ten-twelve people'],
    ['open 24/7', 'open twenty-four seven'],
    ['press # or *', 'press hash or star'],
    ['R&D', 'R and D'],
  ])('%s', (text, spoken) => {
    expect(words(text)).toBe(spoken);
  });

  it('reads a date that cannot be as plain numbers', () => {
    expect(words('2026-13-45')).toBe('two thousand twenty-six-thirteen-forty-five');
    expect(words('on 30/02/2026')).toBe('on thirty/zero two/two thousand twenty-six');
  });

  it('leaves figures inside words to the engine', () => {
    expect(words('mp3 and A12')).toBe('mp3 and A12');
  });

  it('reads 1/2/2026 as the region does', () => {
    expect(words('1/2/2026', 'en-US')).toBe('January second, twenty twenty-six');
    expect(words('1/2/2026', 'en-GB')).toBe('February first, twenty twenty-six');
  });

  it.each([
    [1900, 'nineteen hundred'],
    [1905, 'nineteen oh five'],
    [1999, 'nineteen ninety-nine'],
    [2000, 'two thousand'],
    [2005, 'two thousand five'],
    [2010, 'twenty ten'],
    [2026, 'twenty twenty-six'],
    [2100, 'twenty-one hundred'],
  ])('says the year %i', (year, spoken) => {
    expect(words(`<speak><say-as interpret-as="date" format="y">${year}</say-as></speak>`)).toBe(spoken);
  });
});

describe('numbers in other languages', () => {
  it.each([
    [
      'de',
      'am 20. November 2026 um 18:05 Uhr',
      'am zwanzigsten November zweitausendsechsundzwanzig um achtzehn Uhr fünf',
    ],
    ['de', 'der 3.11.1999', 'der dritte November neunzehnhundertneunundneunzig'],
    ['de', '1.234,50 € und 1 EUR', 'eintausendzweihundertvierunddreißig Euro und fünfzig Cent und ein Euro'],
    ['de', '3,5 Prozent, 101, 21', 'drei Komma fünf Prozent, einhunderteins, einundzwanzig'],
    ['fr', 'le 1er, le 2e', 'le premier, le deuxième'],
    [
      'fr',
      '71, 80, 81, 91, 200, 201',
      'soixante et onze, quatre-vingts, quatre-vingt-un, quatre-vingt-onze, deux cents, deux cent un',
    ],
    ['fr', 'à 18h05 ou 1:21', 'à dix-huit heures cinq ou une heure vingt et une'],
    ['fr', '1 000,50 € et 2 000 000 €', "mille euros et cinquante centimes et deux millions d'euros"],
  ])('%s: %s', (language, text, spoken) => {
    expect(words(text, language)).toBe(spoken);
  });

  it('leaves the numbers of a language without rules to the engine, and spells all the same', () => {
    const text =
      '<speak>18:05, <say-as interpret-as="digits">612</say-as>, <say-as interpret-as="date">2026-11-20</say-as></speak>';
    expect(words(text, 'lt')).toBe('18:05, 6 1 2, 2026-11-20');
  });
});

describe('SSML', () => {
  it('maps breaks, and joins neighbours', () => {
    expect(
      heard('<speak>a<break time="1.5s"/><break time="250ms"/>b<break/>c<break strength="none"/></speak>'),
    ).toEqual(['a', 1750, 'b', 400, 'c']);
  });

  it('puts a pause between paragraphs, none around them, and ends sentences', () => {
    expect(heard('<speak><p>One</p> <p><s>Two</s><s>Three!</s></p></speak>')).toEqual(['One.', 400, 'Two. Three!']);
  });

  it('hands voices, languages and prosody on', () => {
    const [plain, voiced] = normalise(
      '<speak>a <voice name="rms"><prosody rate="80%" pitch="+10%" volume="-6dB"><lang xml:lang="de-AT">5</lang></prosody></voice></speak>',
      'en',
    );
    expect(plain).toEqual({
      kind: 'text',
      text: 'a',
      language: 'en',
      voice: undefined,
      prosody: { rate: 1, pitch: 1, volumeDb: 0 },
    });
    expect(voiced).toEqual({
      kind: 'text',
      text: 'fünf',
      language: 'de-AT',
      voice: 'rms',
      prosody: { rate: 0.8, pitch: 1.1, volumeDb: -6 },
    });
  });

  it('speaks an alias instead of its text, and silences metadata', () => {
    expect(words('<speak><metadata>x</metadata><sub alias="World Wide Web">WWW</sub> 5</speak>')).toBe(
      'World Wide Web five',
    );
  });

  it('decodes entities and CDATA once', () => {
    expect(words('<speak>Tom &amp; &#74;erry, &#x26;amp;<![CDATA[ <b>]]></speak>')).toBe(
      'Tom and Jerry, and amp; less than b greater than',
    );
  });

  it('speaks through elements of other name spaces', () => {
    expect(words('<speak xmlns:mstts="x"><mstts:express-as style="sad">hello</mstts:express-as></speak>')).toBe(
      'hello',
    );
  });

  it('reads content that is not what say-as calls it as plain text', () => {
    expect(words('<speak><say-as interpret-as="date">soon, 5 days</say-as></speak>')).toBe('soon, five days');
    expect(words('<speak><say-as interpret-as="no-such-kind">5</say-as></speak>')).toBe('five');
  });

  it('does not take markup in plain text, or in an escaped value, for markup', () => {
    expect(words('<break time="9s"/>')).toContain('break time');
    expect(heard(`<speak>Hello ${escapeForSsml('<break time="9s"/> & "Co"')}</speak>`)).toHaveLength(1);
  });

  it.each([
    ['<speak>', 'never closed', 1, 1],
    ['<speak>a<b>c</b></speak>', 'unknown element <b>', 1, 9],
    ['<speak>\n\n a & b</speak>', '&amp;', 3, 4],
    ['<speak>&nbsp;</speak>', '&nbsp;', 1, 8],
    ['<speak>&#0;</speak>', '&#0;', 1, 8],
    ['<speak><break time="soon"/></speak>', 'not understood', 1, 8],
    ['<speak><break time="61s"/></speak>', '60 s', 1, 8],
    ['<speak><p>x</speak>', '</p> is due', 1, 12],
    ['<speak a=b/>', 'quotes', 1, 10],
    ['<speak a="1" a="2"/>', 'twice', 1, 14],
    ['<speak><!-- x</speak>', 'comment', 1, 12],
    ['<speak/>x', 'outside', 1, 9],
    ['<speak><say-as>5</say-as></speak>', 'interpret-as', 1, 8],
    ['<speak><prosody rate="brisk">x</prosody></speak>', 'rate "brisk"', 1, 8],
    ['<?xml version="1.0"?><!DOCTYPE x><speak/>', 'document type', 1, 22],
  ])('refuses %s', (text, reason, line, column) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: 'speech.bad-ssml', kind: 'input', details: { line, column } });
    expect(error.message).toContain(reason);
    expect(error.message).toContain(`line ${line}, column ${column}`);
  });

  it('refuses deep nesting, endless breaks and endless texts', () => {
    expect(refusal(`<speak>${'<s>'.repeat(70)}x${'</s>'.repeat(70)}</speak>`).code).toBe('speech.bad-ssml');
    expect(refusal(`<speak>${'<break time="60s"/>'.repeat(11)}</speak>`).code).toBe('speech.bad-ssml');
    expect(refusal('x'.repeat(10_001))).toMatchObject({ code: 'speech.too-long', kind: 'input' });
    expect(refusal('777 '.repeat(2_500))).toMatchObject({ code: 'speech.too-long', kind: 'input' });
  });
});

describe('for every text', () => {
  const markup = fc.constantFrom(
    '<speak>',
    '</speak>',
    '<p>',
    '</p>',
    '<break/>',
    '<say-as interpret-as="date">',
    '</say-as>',
    '&amp;',
    '&',
    '<',
    '>',
    '<!--',
    '-->',
    '<prosody rate="slow">',
    '</prosody>',
    '"',
    '5',
    '2026-11-20',
    '18:05',
    '£1.50',
    '1st',
    '+370 612 34567',
    ' ',
    'word',
    '\u0000',
    '\ud800',
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(markup, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  const document = anything.map((text) => `<speak>${text}</speak>`);

  it('the answer is segments or an input error with a position, never another throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(anything, document),
        fc.constantFrom('en', 'en-US', 'de', 'fr', 'lt', ''),
        (text, language) => {
          try {
            for (const segment of normalise(text, language)) {
              if (segment.kind === 'break') expect(segment.ms).toBeGreaterThan(0);
              else {
                expect(segment.text).toBe(segment.text.trim());
                expect(segment.text).not.toBe('');
                expect(segment.text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
              }
            }
          } catch (error) {
            if (!isCallwrightError(error)) throw error;
            expect(error.kind).toBe('input');
            expect(error.details).toMatchObject({
              offset: expect.any(Number),
              line: expect.any(Number),
              column: expect.any(Number),
            });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('an escaped text sounds like the plain text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        fc.pre(!/^\s*<(\?xml|speak)/.test(text));
        expect(words(`<speak>${escapeForSsml(text)}</speak>`)).toBe(words(text));
      }),
    );
  });

  it('no figure is left that stands by itself', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '1',
            '23',
            '007',
            '3.5',
            '£10.50',
            '18:05',
            '99:99',
            '2026-11-20',
            '9999-99-99',
            '1,234',
            '-',
            '.',
            ',',
            '%',
            '/',
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          for (const language of ['en', 'de', 'fr']) expect(words(parts.join(' '), language)).not.toMatch(/\d/);
        },
      ),
    );
  });

  it('time grows with the length and not faster', () => {
    const hostile = [
      '1.',
      '1',
      '1,',
      '+1 ',
      '1:',
      '$',
      '-',
      '1 ',
      '12/',
      '&',
      '<p>',
      '<speak>',
      '<!--',
      'a=',
      ' ',
      '1h',
      '. ',
      'a',
    ];
    for (const unit of hostile) {
      for (const text of [unit.repeat(10_000 / unit.length), `<speak>${unit.repeat(9_900 / unit.length)}`]) {
        const began = performance.now();
        try {
          for (const language of ['en', 'de', 'fr']) normalise(text, language);
        } catch (error) {
          if (!isCallwrightError(error)) throw error;
        }
        // A quadratic reader needs seconds here; this one a few milliseconds, and the machine may be busy.
        expect(performance.now() - began, unit).toBeLessThan(1_000);
      }
    }
  });
});

describe('the room of the normaliser', () => {
  it('holds nothing of the host', () => {
    const folder = new URL('./', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const source = readFileSync(new URL(file, folder), 'utf8');
      expect(source, file).not.toMatch(
        /\b(?:Buffer|process|setTimeout|fetch|console|require)\b|from '(?!\.{1,2}\/|@callwright\/kernel')/,
      );
    }
  });
});
