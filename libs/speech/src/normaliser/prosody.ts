import type { Prosody } from './segments.js';

const RATES: Readonly<Record<string, number>> = {
  'x-slow': 0.5,
  slow: 0.75,
  medium: 1,
  default: 1,
  fast: 1.25,
  'x-fast': 1.6,
};
const PITCHES: Readonly<Record<string, number>> = {
  'x-low': 0.75,
  low: 0.85,
  medium: 1,
  default: 1,
  high: 1.15,
  'x-high': 1.3,
};
const VOLUMES: Readonly<Record<string, number>> = {
  silent: -60,
  'x-soft': -12,
  soft: -6,
  medium: 0,
  default: 0,
  loud: 3,
  'x-loud': 6,
};

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));
const own = (names: Readonly<Record<string, number>>, value: string) =>
  Object.hasOwn(names, value) ? names[value] : undefined;

/** A multiplier: a name, "80%" (of the usual), "+20%" (more than usual) or "1.2". */
function factor(value: string, names: Readonly<Record<string, number>>): number | undefined {
  const named = own(names, value);
  if (named !== undefined) return named;
  const number = /^([+-]?)(\d{1,4}(?:\.\d{1,4})?)(%?)$/.exec(value);
  if (!number) return undefined;
  const size = Number(number[2]) / (number[3] ? 100 : 1);
  if (number[1] === '+') return 1 + size;
  if (number[1] === '-') return 1 - size;
  return size;
}

function pitchFactor(value: string): number | undefined {
  const semitones = /^([+-]\d{1,2}(?:\.\d{1,2})?)st$/.exec(value)?.[1];
  return semitones === undefined ? factor(value, PITCHES) : 2 ** (Number(semitones) / 12);
}

function decibels(value: string): number | undefined {
  const change = /^([+-]?\d{1,2}(?:\.\d{1,2})?)db$/.exec(value)?.[1];
  return change === undefined ? own(VOLUMES, value) : Number(change);
}

/**
 * What the attributes of a `<prosody>` make of the manner around it: rates and pitches multiply, volumes add.
 * Calls `refuse` with the name of an attribute whose value cannot be understood.
 */
export function changedProsody(
  outer: Prosody,
  attributes: ReadonlyMap<string, string>,
  refuse: (attribute: string) => never,
): Prosody {
  const read = (name: string, reader: (value: string) => number | undefined, usual: number): number => {
    const value = attributes.get(name);
    return value === undefined ? usual : (reader(value.trim().toLowerCase()) ?? refuse(name));
  };
  return {
    rate: between(0.3, outer.rate * read('rate', (value) => factor(value, RATES), 1), 3),
    pitch: between(0.5, outer.pitch * read('pitch', pitchFactor, 1), 2),
    volumeDb: between(-60, outer.volumeDb + read('volume', decibels, 0), 12),
  };
}
