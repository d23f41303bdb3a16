/** Quieter than everything that G.711 can carry. */
export const SILENCE_DBM0 = -96;
/** RMS of a full-scale sine is at +3.14 dBm0 (ITU-T G.711). */
const RMS_AT_0_DBM0 = 32_767 / Math.SQRT2 / 10 ** (3.14 / 20);

/** Mean power of samples in dBm0, where a full-scale sine is +3.14. */
export function levelOf(pcm: Int16Array): number {
  if (pcm.length === 0) return SILENCE_DBM0;
  let energy = 0;
  for (let n = 0; n < pcm.length; n++) energy += pcm[n]! * pcm[n]!;
  if (energy === 0) return SILENCE_DBM0;
  return Math.max(SILENCE_DBM0, 20 * Math.log10(Math.sqrt(energy / pcm.length) / RMS_AT_0_DBM0));
}
