/** Units of a duration, in ms. */
export const durationUnits = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** The largest unit in which the time is a plain number: 90 000 ms are 90 s, 120 000 ms are 2 min. */
export function unitFor(ms: number): DurationUnit {
  const fitting = (['h', 'min', 's'] as const).find(
    (unit) => ms >= durationUnits[unit] && ms % durationUnits[unit] === 0,
  );
  return fitting ?? (ms >= 1000 && ms % 100 === 0 ? 's' : 'ms');
}
