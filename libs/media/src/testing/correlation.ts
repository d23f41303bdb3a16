/** Where `part` is found in `whole`, and how alike they are there. */
export interface Match {
  /** Normalised cross-correlation: 1 is the same shape, 0 nothing in common. */
  readonly likeness: number;
  /** In samples. */
  readonly offset: number;
}

/**
 * Finds where `part` sounds in `whole`, whatever its level. A coarse search on every `stride`-th offset of decimated energy is not
 * enough for speech, so all offsets are tried, with sums that are stopped early when they cannot win.
 */
export function correlate(whole: Int16Array, part: Int16Array): Match {
  let best: Match = { likeness: 0, offset: -1 };
  const partEnergy = energyOf(part, 0, part.length);
  if (partEnergy === 0 || whole.length < part.length) return best;
  let energy = energyOf(whole, 0, part.length);
  for (let offset = 0; offset + part.length <= whole.length; offset++) {
    if (offset > 0) energy += whole[offset + part.length - 1]! ** 2 - whole[offset - 1]! ** 2;
    if (energy > 0) {
      let product = 0;
      for (let n = 0; n < part.length; n++) product += whole[offset + n]! * part[n]!;
      const likeness = product / Math.sqrt(energy * partEnergy);
      if (likeness > best.likeness) best = { likeness, offset };
    }
  }
  return best;
}

/**
 * How much of `part` is heard in `whole`, and where: pieces of 100 ms are looked for one by one, so that jitter buffers, which leave out
 * or repeat a frame, do no harm. `likeness` is the mean over the pieces that are not silent; `offset` that of the first piece.
 */
export function heardIn(whole: Int16Array, part: Int16Array, pieceSamples = 800): Match {
  let sum = 0;
  let pieces = 0;
  let first = -1;
  let near = -1;
  for (let at = 0; at + pieceSamples <= part.length; at += pieceSamples) {
    const piece = part.subarray(at, at + pieceSamples);
    if (energyOf(piece, 0, piece.length) < piece.length * 100) continue;
    const from = near < 0 ? 0 : Math.max(0, near + pieceSamples - 1600);
    const to = near < 0 ? whole.length : Math.min(whole.length, near + 2 * pieceSamples + 1600);
    const match = correlate(whole.subarray(from, to), piece);
    if (match.offset >= 0 && match.likeness > 0.5) near = from + match.offset;
    else if (near >= 0) near += pieceSamples;
    if (first < 0 && match.offset >= 0) first = from + match.offset - at;
    sum += match.likeness;
    pieces++;
  }
  return { likeness: pieces === 0 ? 0 : sum / pieces, offset: first };
}

function energyOf(pcm: Int16Array, from: number, to: number): number {
  let energy = 0;
  for (let n = from; n < to; n++) energy += pcm[n]! ** 2;
  return energy;
}
