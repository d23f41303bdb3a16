import { samplesOf, saturate } from '../audio.js';
import { COLUMN_HERTZ, placeOf, ROW_HERTZ } from '../dtmf/frequencies.js';
import { decodeG711, encodeG711 } from '../g711/g711.js';
import { DIGITS } from '../telephone-event/digits.js';
import { addSine } from '../tones/oscillator.js';
import { noise, randomness } from './sound.js';

interface Keys {
  readonly digits: string;
  readonly onMs: number;
  readonly offMs: number;
  /** Of the stronger tone. */
  readonly dbm0: number;
  /** How much stronger the high group is; negative: the low group. */
  readonly twistDb: number;
  /** Of the frequencies, 0.015 is 1.5 % too high. */
  readonly rowDeviation: number;
  readonly columnDeviation: number;
  /** Signal to white noise, or null for none. */
  readonly snrDb: number | null;
  readonly seed: number;
}

const USUAL: Keys = {
  digits: DIGITS,
  onMs: 40,
  offMs: 50,
  dbm0: -10,
  twistDb: 0,
  rowDeviation: 0,
  columnDeviation: 0,
  snrDb: null,
  seed: 1,
};

/** Keys as a line delivers them: through G.711, beginning anywhere between two frames, with the faults asked for. */
export function keysOnLine(faults: Partial<Keys>): Int16Array {
  const keys = { ...USUAL, ...faults };
  const random = randomness(keys.seed);
  const on = samplesOf(keys.onMs);
  const whole = on + samplesOf(keys.offMs);
  const lead = 400 + Math.floor(random() * 320);
  const sum = new Float64Array(lead + keys.digits.length * whole + 800);
  [...keys.digits].forEach((digit, n) => {
    const place = placeOf(digit);
    if (!place) return;
    const at = lead + n * whole;
    const phase = at - random() * 100;
    addSine(
      sum,
      at,
      at + on,
      ROW_HERTZ[place.row]! * (1 + keys.rowDeviation),
      keys.dbm0 - Math.max(0, keys.twistDb),
      phase,
    );
    addSine(
      sum,
      at,
      at + on,
      COLUMN_HERTZ[place.column]! * (1 + keys.columnDeviation),
      keys.dbm0 + Math.min(0, keys.twistDb),
      phase,
    );
  });
  if (keys.snrDb !== null) {
    const signalDbm0 = keys.dbm0 + 10 * Math.log10(1 + 10 ** (-Math.abs(keys.twistDb) / 10));
    noise(signalDbm0 - keys.snrDb, sum.length, random).forEach((value, n) => (sum[n]! += value));
  }
  return decodeG711('PCMU', encodeG711('PCMU', Int16Array.from(sum, saturate)));
}

export interface Requirement {
  readonly name: string;
  /** Which of the tries went wrong, in words; empty: all is well. */
  check(): string[];
}

/** Gate C4 as a list of checks, for whatever detector: it gets audio and gives the digits in it. */
export function dtmfRequirements(detect: (pcm: Int16Array) => string): readonly Requirement[] {
  const tries = (
    name: string,
    cases: readonly (Partial<Keys> & { readonly refused?: boolean })[],
    allowed = 0,
  ): Requirement => ({
    name,
    check: () => {
      const wrong = cases.flatMap(({ refused, ...faults }, n) => {
        const got = detect(keysOnLine({ seed: n + 1, ...faults }));
        const wanted = refused ? '' : (faults.digits ?? DIGITS);
        return got === wanted ? [] : [`${JSON.stringify(faults)}: heard "${got}"`];
      });
      return wrong.length <= allowed ? [] : wrong;
    },
  });
  const seeds = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  const signs = [-1, 1];
  return [
    tries(
      '40 ms on, 50 ms off, wherever the key begins',
      seeds(60).map((seed) => ({ seed })),
    ),
    tries(
      'the same key again and again is as many keys',
      [...DIGITS].map((digit) => ({ digits: digit.repeat(10) })),
    ),
    tries(
      'twist from +8 to -4 dB',
      seeds(10).flatMap((seed) => [-4, -2, 2, 4, 6, 8].map((twistDb) => ({ seed, twistDb }))),
    ),
    tries(
      '35 dB of range, down from 0 dBm0',
      seeds(5).flatMap((seed) =>
        [0, -5, -15, -25, -30, -35].map((dbm0) => ({ seed, dbm0: dbm0 - (dbm0 === 0 ? 3 : 0) })),
      ),
    ),
    tries(
      'frequencies up to 1.5 % off, each and both',
      seeds(5).flatMap((seed) =>
        signs.flatMap((row) =>
          signs.flatMap((column) => [
            { seed, rowDeviation: row * 0.015, columnDeviation: column * 0.015 },
            { seed, rowDeviation: row * 0.015 },
            { seed, columnDeviation: column * 0.015 },
          ]),
        ),
      ),
    ),
    tries(
      'frequencies 3.5 % off are refused, in either group',
      seeds(3).flatMap((seed) =>
        signs.flatMap((sign) =>
          [40, 100].flatMap((onMs) => [
            { seed, onMs, rowDeviation: sign * 0.035, refused: true },
            { seed, onMs, columnDeviation: sign * 0.035, refused: true },
            { seed, onMs, rowDeviation: sign * 0.035, columnDeviation: sign * 0.035, refused: true },
          ]),
        ),
      ),
    ),
    tries(
      '15 dB above the noise',
      seeds(60).map((seed) => ({ seed, snrDb: 15 })),
    ),
    tries(
      'all at once: twist, deviation and noise',
      seeds(10).flatMap((seed) => [
        { seed, onMs: 50, snrDb: 18, twistDb: 6, rowDeviation: 0.01, columnDeviation: -0.01 },
        { seed, onMs: 50, snrDb: 18, twistDb: -3, rowDeviation: -0.01, columnDeviation: 0.01, dbm0: -25 },
      ]),
    ),
  ];
}
