import type { FaxCause } from '../result/causes.js';
import { FAX_OPTIONS, faxOptionOf, type FaxOption, type FaxOptionDefinition } from './options.js';

export type FaxModem = 'v17' | 'v29' | 'v27ter';
export type FaxResolution = 'STANDARD' | 'FINE' | 'SUPERFINE';

/** The options of one fax, as the terminal wants them. */
export interface FaxSetup {
  readonly modems: readonly FaxModem[];
  readonly minDataRate: number;
  /** Of the modems that are left. */
  readonly maxDataRate: number;
  readonly ecm: boolean;
  readonly compressions: readonly ('MH' | 'MR' | 'MMR')[];
  readonly resolutions: readonly FaxResolution[];
  readonly papers: readonly ('A4' | 'B4' | 'A3')[];
  readonly t38: 'YES' | 'NO' | 'ONLY';
  readonly t38Redundancy: number;
  readonly localIdent: string;
  readonly headerText: string;
  /** From 1. */
  readonly firstPage: number;
  /** Null: to the end. */
  readonly lastPage: number | null;
  readonly timeoutMs: number;
}

export type OptionFault = Extract<FaxCause, 'UNKNOWN_OPTION' | 'UNKNOWN_VALUE' | 'INCONSISTENT_OPTIONS'>;

export type FaxOptionsReading =
  | {
      readonly ok: true;
      readonly setup: FaxSetup;
      /** What was given, under its proper name. */
      readonly options: Readonly<Partial<Record<FaxOption, string>>>;
    }
  | {
      readonly ok: false;
      readonly cause: OptionFault;
      /** The options at fault, as they were given. */
      readonly failedOption: Readonly<Record<string, string>>;
      readonly explanation: string;
      readonly advice: string;
    };

export type FaxOptionsGiven = Readonly<Record<string, string | number | boolean>>;

/** The fastest that each modem goes, and the slowest (ITU-T V.17, V.29, V.27ter). */
const RATES: Readonly<Record<FaxModem, { readonly least: number; readonly most: number }>> = {
  v17: { least: 7200, most: 14_400 },
  v29: { least: 7200, most: 9600 },
  v27ter: { least: 2400, most: 4800 },
};
const MODEMS: readonly FaxModem[] = ['v17', 'v29', 'v27ter'];

/** Reads options by name; says which one is at fault, and how. */
export function readFaxOptions(given: FaxOptionsGiven): FaxOptionsReading {
  const options: Partial<Record<FaxOption, string>> = {};
  for (const [name, value] of Object.entries(given)) {
    const option = faxOptionOf(name);
    const shown = textOf(value);
    if (!option) {
      return fault('UNKNOWN_OPTION', { [name]: shown }, `There is no fax option "${name}".`, ADVICE_NAMES);
    }
    const read = readValue(FAX_OPTIONS[option], shown.trim());
    if (read === null) {
      const advice = `${option} takes ${allowed(FAX_OPTIONS[option])}.`;
      return fault('UNKNOWN_VALUE', { [name]: shown }, `The fax option "${name}" cannot be "${shown}".`, advice);
    }
    options[option] = read;
  }
  return together(options);
}

const ADVICE_NAMES = `The options are ${Object.keys(FAX_OPTIONS).join(', ')}.`;

const textOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'YES' : 'NO') : String(value);

/** In its proper form; null when it is none of the option's values. */
function readValue(definition: FaxOptionDefinition, value: string): string | null {
  switch (definition.kind) {
    case 'choice':
      return definition.values.find((allowedValue) => allowedValue === value.toUpperCase()) ?? null;
    case 'number': {
      const number = /^[0-9]{1,6}$/.test(value) ? Number(value) : NaN;
      return number >= definition.min && number <= definition.max ? String(number) : null;
    }
    case 'text':
      return value.length <= definition.maxLength && definition.pattern.test(value) ? value : null;
  }
}

function allowed(definition: FaxOptionDefinition): string {
  if (definition.kind === 'choice') return definition.values.join(', ');
  if (definition.kind === 'number') return `a whole number from ${definition.min} to ${definition.max}`;
  return `at most ${definition.maxLength} plain characters`;
}

/** What each option says by itself may contradict what another says. */
function together(options: Partial<Record<FaxOption, string>>): FaxOptionsReading {
  const valueOf = (option: FaxOption): string => options[option] ?? FAX_OPTIONS[option].default ?? '';
  const picked = (...names: FaxOption[]) =>
    Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
  const minDataRate = Number(valueOf('MinDataRate'));
  const maxDataRate = Number(valueOf('MaxDataRate'));
  if (minDataRate > maxDataRate) {
    const explanation = `The lowest rate, ${minDataRate}, is above the highest, ${maxDataRate}.`;
    return inconsistent(picked('MinDataRate', 'MaxDataRate'), explanation, 'Lower MinDataRate.');
  }
  // A modem whose top rate is above the highest would be used at that rate, so it is left out.
  const modems = MODEMS.filter((modem) => valueOf(modem) === 'YES' && RATES[modem].most <= maxDataRate);
  const fastest = Math.max(0, ...modems.map((modem) => RATES[modem].most));
  if (modems.length === 0 || fastest < minDataRate) {
    const explanation =
      modems.length === 0
        ? 'No modem is left to fax with.'
        : `The fastest modem that is left goes at ${fastest} bit/s, which is below the lowest rate, ${minDataRate}.`;
    return inconsistent(
      picked('v17', 'v29', 'v27ter', 'MinDataRate', 'MaxDataRate'),
      explanation,
      'Allow another modem, or lower MinDataRate.',
    );
  }
  const resolution = valueOf('Resolution') as FaxResolution;
  if (valueOf('HighRes') === 'NO' && options.Resolution !== undefined && resolution !== 'STANDARD') {
    const explanation = `HighRes says standard resolution, Resolution says ${resolution}.`;
    return inconsistent(picked('HighRes', 'Resolution'), explanation, 'Give one of them.');
  }
  // T.30 has MMR only with error correction (ITU-T T.30 table 2, bit 31).
  if (options.Compression === 'MMR' && valueOf('ECM') === 'NO') {
    const explanation = 'MMR compression needs error correction.';
    return inconsistent(picked('Compression', 'ECM'), explanation, 'Set ECM to YES, or Compression to MR.');
  }
  const firstPage = Number(valueOf('FirstPage'));
  const lastPage = options.LastPage === undefined ? null : Number(options.LastPage);
  if (lastPage !== null && lastPage < firstPage) {
    const explanation = `The last page, ${lastPage}, comes before the first, ${firstPage}.`;
    return inconsistent(picked('FirstPage', 'LastPage'), explanation, 'Raise LastPage.');
  }
  const ecm = valueOf('ECM') === 'YES';
  const best = valueOf('HighRes') === 'NO' ? 'STANDARD' : resolution;
  return {
    ok: true,
    options,
    setup: {
      modems,
      minDataRate,
      maxDataRate: fastest,
      ecm,
      compressions: upTo(ecm ? (['MH', 'MR', 'MMR'] as const) : (['MH', 'MR'] as const), valueOf('Compression')),
      resolutions: upTo(['STANDARD', 'FINE', 'SUPERFINE'] as const, best),
      papers: upTo(['A4', 'B4', 'A3'] as const, valueOf('PaperSize')),
      t38: valueOf('T38') as FaxSetup['t38'],
      t38Redundancy: Number(valueOf('T38Redundancy')),
      localIdent: valueOf('LocalIdent'),
      headerText: valueOf('HeaderText'),
      firstPage,
      lastPage,
      timeoutMs: Number(valueOf('Timeout')) * 1000,
    },
  };
}

/** All up to that one; all when it is not among them. */
function upTo<T extends string>(all: readonly T[], last: string): readonly T[] {
  const index = all.findIndex((one) => one === last);
  return index < 0 ? all : all.slice(0, index + 1);
}

const fault = (
  cause: OptionFault,
  failedOption: Readonly<Record<string, string>>,
  explanation: string,
  advice: string,
): FaxOptionsReading => ({ ok: false, cause, failedOption, explanation, advice });

const inconsistent = (failed: Readonly<Record<string, string>>, explanation: string, advice: string) =>
  fault('INCONSISTENT_OPTIONS', failed, explanation, advice);
