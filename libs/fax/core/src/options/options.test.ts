import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAX_OPTIONS, FAX_OPTION_NAMES } from './options.js';
import { readFaxOptions, type FaxSetup } from './read.js';

const setupOf = (given: Parameters<typeof readFaxOptions>[0]): FaxSetup => {
  const reading = readFaxOptions(given);
  if (!reading.ok) throw new Error(reading.explanation);
  return reading.setup;
};

describe('fax options', () => {
  it('hold without being given', () => {
    expect(setupOf({})).toEqual({
      modems: ['v17', 'v29', 'v27ter'],
      minDataRate: 2400,
      maxDataRate: 14_400,
      ecm: true,
      compressions: ['MH', 'MR', 'MMR'],
      resolutions: ['STANDARD', 'FINE', 'SUPERFINE'],
      papers: ['A4', 'B4', 'A3'],
      t38: 'YES',
      t38Redundancy: 3,
      localIdent: '',
      headerText: '',
      firstPage: 1,
      lastPage: null,
      timeoutMs: 1_800_000,
    });
  });

  it('are read by name, whatever their case, and as JSON has them', () => {
    expect(setupOf({ V17: 'no', highres: false, MAXDATARATE: 9600, localident: '+370 5 200 0000' })).toMatchObject({
      modems: ['v29', 'v27ter'],
      resolutions: ['STANDARD'],
      maxDataRate: 9600,
      localIdent: '+370 5 200 0000',
    });
  });

  it('that do not exist are UNKNOWN_OPTION', () => {
    expect(readFaxOptions({ v34: 'YES' })).toMatchObject({
      ok: false,
      cause: 'UNKNOWN_OPTION',
      failedOption: { v34: 'YES' },
    });
  });

  it.each([
    ['v17', 'MAYBE'],
    ['MinDataRate', '3000'],
    ['T38Redundancy', '8'],
    ['FirstPage', '0'],
    ['FirstPage', '1.5'],
    ['LocalIdent', 'a name that is far too long for T.30'],
    ['HeaderText', 'line\nbreak'],
  ])('with a value that they do not have are UNKNOWN_VALUE: %s %j', (name, value) => {
    expect(readFaxOptions({ [name]: value })).toMatchObject({
      ok: false,
      cause: 'UNKNOWN_VALUE',
      failedOption: { [name]: value },
    });
  });

  it.each([
    [{ v17: 'NO', MinDataRate: '14400' }],
    [{ v17: 'NO', v29: 'NO', v27ter: 'NO' }],
    [{ MinDataRate: '9600', MaxDataRate: '7200' }],
    [{ HighRes: 'NO', Resolution: 'FINE' }],
    [{ ECM: 'NO', Compression: 'MMR' }],
    [{ FirstPage: '5', LastPage: '4' }],
  ])('that contradict each other are INCONSISTENT_OPTIONS, all of them named: %j', (given) => {
    expect(readFaxOptions(given as unknown as Record<string, string>)).toMatchObject({
      ok: false,
      cause: 'INCONSISTENT_OPTIONS',
      failedOption: given,
    });
  });

  it('name only what is at fault', () => {
    const reading = readFaxOptions({ ECM: 'YES', v17: 'NO', MinDataRate: '14400', LocalIdent: 'me' });
    expect(reading).toMatchObject({ failedOption: { v17: 'NO', MinDataRate: '14400' } });
    expect('failedOption' in reading && Object.keys(reading.failedOption)).toEqual(['v17', 'MinDataRate']);
  });

  it('never leave a fax without a modem, and never go beyond what was asked', () => {
    const value = (name: (typeof FAX_OPTION_NAMES)[number]) => {
      const definition = FAX_OPTIONS[name];
      return definition.kind === 'choice' ? fc.constantFrom(...definition.values) : fc.constant(undefined);
    };
    const given = fc.record(Object.fromEntries(FAX_OPTION_NAMES.map((name) => [name, fc.option(value(name))])));
    fc.assert(
      fc.property(given, (all) => {
        const options = Object.fromEntries(Object.entries(all).filter(([, one]) => typeof one === 'string')) as Record<
          string,
          string
        >;
        const reading = readFaxOptions(options);
        if (!reading.ok) {
          expect(reading.cause).toBe('INCONSISTENT_OPTIONS');
          return;
        }
        const { setup } = reading;
        expect(setup.modems.length).toBeGreaterThan(0);
        expect(setup.maxDataRate).toBeLessThanOrEqual(Number(options['MaxDataRate'] ?? 14_400));
        expect(setup.maxDataRate).toBeGreaterThanOrEqual(setup.minDataRate);
      }),
    );
  });
});
