/**
 * Random numbers that the call's id decides (mulberry32 over FNV-1a): the same call, replayed, draws the same ones.
 */
export function randomOf(callId: string): () => number {
  let seed = 0x811c9dc5;
  for (let place = 0; place < callId.length; place++) seed = Math.imul(seed ^ callId.charCodeAt(place), 0x01000193);
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
