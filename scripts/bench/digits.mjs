/**
 * What it costs to look for keys in the audio, a frame of 20 ms: our own detector beside that of libspandsp (called through koffi, as the
 * engine calls it), over the same speech with keys in it.
 *
 *   node scripts/bench/digits.mjs [--rounds 5] [--frames 200000]
 *
 * Runs the built libraries (`npm run build` first). Prints `bench NAME value unit (ratio R to PEER)`: medians of processor time, in turns.
 */
import { parseArgs } from 'node:util';
import { loadSpandsp, makeOwnDetector } from '@callwright/channel-embedded/media';
import { dtmfTones, FRAME_SAMPLES } from '@callwright/media';
import { voice } from '@callwright/media/testing';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, frames: { type: 'string', default: '200000' } },
});
const frames = Number(values.frames);

const keys = dtmfTones({ digits: '0123456789', durationMs: 80, gapMs: 80 });
const speech = voice(8000 * 20);
const sound = new Int16Array(Math.floor((speech.length + keys.length) / FRAME_SAMPLES) * FRAME_SAMPLES);
sound.set(speech);
sound.set(keys.subarray(0, sound.length - speech.length), speech.length);
const cut = Array.from({ length: sound.length / FRAME_SAMPLES }, (_, n) =>
  sound.slice(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES),
);

/** Microseconds of processor time for each frame. */
function perFrame(make) {
  let found = 0;
  const detector = make({ began: () => found++, ended: () => undefined });
  const begin = process.cpuUsage();
  for (let n = 0; n < frames; n++) detector.hear(cut[n % cut.length]);
  const { user, system } = process.cpuUsage(begin);
  detector.close();
  if (frames >= cut.length && found < 10) throw new Error(`Only ${found} keys were found.`);
  return (user + system) / frames;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const spandsp = loadSpandsp();
const ours = [];
const theirs = [];
perFrame(makeOwnDetector);
for (let round = 0; round < Number(values.rounds); round++) {
  ours.push(perFrame(makeOwnDetector));
  if (typeof spandsp === 'function') theirs.push(perFrame(spandsp));
}
const ratio = theirs.length > 0 ? ` (ratio ${(median(ours) / median(theirs)).toFixed(2)} to spandsp)` : '';
if (!ratio) console.error(`No spandsp to compare with: ${spandsp.reason}`);
console.log(`bench in-band-digits-a-frame ${median(ours).toFixed(2)} us${ratio}`);
