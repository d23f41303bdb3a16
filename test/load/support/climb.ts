export interface Climbed<T> {
  /** The highest level that held; 0: none did. */
  readonly level: number;
  /** What was measured there. */
  readonly at: T | null;
}

/** The highest level that holds, found from `start` upwards, or downwards when that one does not hold. `hold` gives null for a level that does not. */
export async function climb<T>(
  levels: readonly number[],
  start: number,
  hold: (level: number) => Promise<T | null>,
): Promise<Climbed<T>> {
  let n = Math.max(
    0,
    levels.findLastIndex((level) => level <= start),
  );
  let best: Climbed<T> = { level: 0, at: null };
  for (let down = false; n >= 0 && n < levels.length; n += down ? -1 : 1) {
    const level = levels[n]!;
    const at = await hold(level);
    if (at !== null) best = { level, at };
    if (at !== null ? down : best.level > 0) break;
    down = at === null;
  }
  return best;
}
