import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio.js';
import { decodeTable, encodeG711 } from '../g711/g711.js';
import { heardIn } from '../testing/correlation.js';
import { randomness, voice } from '../testing/sound.js';
import { JitterBuffer } from './jitter-buffer.js';

const TABLE = decodeTable('PCMA');

interface Packet {
  readonly timestamp: number;
  readonly codes: Uint8Array;
  /** In ms. */
  readonly arrives: number;
}

function packetsOf(
  pcm: Int16Array,
  delay: (n: number) => number | null,
  { packetMs = 20, clock = 1, first = 4_294_967_000 } = {},
): Packet[] {
  const codes = encodeG711('PCMA', pcm);
  const size = packetMs * 8;
  const packets: Packet[] = [];
  for (let n = 0; (n + 1) * size <= codes.length; n++) {
    const late = delay(n);
    if (late === null) continue;
    packets.push({
      timestamp: (first + n * size) >>> 0,
      codes: codes.subarray(n * size, (n + 1) * size),
      arrives: n * packetMs * clock + late,
    });
  }
  return packets.sort((a, b) => a.arrives - b.arrives);
}

function play(packets: readonly Packet[], ms: number) {
  const buffer = new JitterBuffer();
  const out = new Int16Array(ms * 8);
  const frame = new Int16Array(FRAME_SAMPLES);
  const kinds: string[] = [];
  let next = 0;
  let depth = 0;
  for (let now = 0; now < ms; now += 20) {
    for (; next < packets.length && packets[next]!.arrives <= now; next++) {
      const { timestamp, codes } = packets[next]!;
      buffer.insert(timestamp, codes, 0, codes.length, TABLE);
    }
    depth += buffer.depth;
    kinds.push(buffer.take(frame));
    out.set(frame, now * 8);
  }
  return { out, kinds, buffer, meanDepthMs: depth / 8 / (ms / 20) };
}

describe('JitterBuffer', () => {
  const pcm = voice(8000 * 10);

  it('gives what it was given, one frame later, across the wrap of the timestamp', () => {
    const { out, kinds, meanDepthMs } = play(
      packetsOf(pcm, () => 3),
      9980,
    );
    expect(kinds.slice(3).every((kind) => kind === 'audio')).toBe(true);
    expect(heardIn(out, pcm.subarray(0, 70_000)).likeness).toBeGreaterThan(0.99);
    expect(meanDepthMs).toBeLessThanOrEqual(41);
  });

  it.each([10, 30, 40, 60])('takes packets of %i ms', (packetMs) => {
    const { out } = play(
      packetsOf(pcm, () => 1, { packetMs }),
      9900,
    );
    expect(heardIn(out, pcm.subarray(0, 70_000)).likeness).toBeGreaterThan(0.98);
  });

  it('puts in order what comes out of order and plays doubles once', () => {
    const packets = packetsOf(pcm, (n) => (n % 7 === 3 ? 32 : 2));
    const { out, kinds } = play(
      [...packets, ...packets.map((packet) => ({ ...packet, arrives: packet.arrives + 1 }))].sort(
        (a, b) => a.arrives - b.arrives,
      ),
      9900,
    );
    expect(heardIn(out, pcm.subarray(0, 70_000)).likeness).toBeGreaterThan(0.97);
    expect(kinds.slice(10).filter((kind) => kind !== 'audio')).toHaveLength(0);
  });

  it('with 60 ms of jitter soon loses nothing more', () => {
    const random = randomness(7);
    const { out, kinds, meanDepthMs } = play(
      packetsOf(pcm, () => random() * 60),
      9900,
    );
    expect(kinds.slice(50).filter((kind) => kind !== 'audio').length).toBeLessThan(12);
    expect(heardIn(out, pcm.subarray(8000, 70_000)).likeness).toBeGreaterThan(0.9);
    expect(meanDepthMs).toBeLessThan(110);
  });

  it('becomes quick again when the network does', () => {
    const random = randomness(8);
    const long = voice(8000 * 40, 3);
    const packets = packetsOf(long, (n) => (n < 250 ? random() * 100 : 2));
    const { buffer } = play(packets, 39_000);
    expect(buffer.depth).toBeLessThanOrEqual(3 * FRAME_SAMPLES);
  });

  it.each([0.999, 1.001])('keeps in step with a clock that is %f as fast', (clock) => {
    const long = voice(8000 * 60, 4);
    const { kinds, buffer } = play(
      packetsOf(long, () => 4, { clock }),
      59_000,
    );
    expect(kinds.slice(10).filter((kind) => kind !== 'audio').length).toBeLessThan(10);
    expect(buffer.depth).toBeLessThanOrEqual(6 * FRAME_SAMPLES);
  });

  it('goes on when the far end stops its clock while it is silent', () => {
    for (const pauseMs of [100, 220, 340, 900, 4000]) {
      const { kinds } = play(
        packetsOf(pcm, (n) => (n < 100 ? 2 : 2 + pauseMs)),
        9900 + pauseMs,
      );
      const after = kinds.slice(100 + pauseMs / 20 + 5, 100 + pauseMs / 20 + 300);
      expect(after.filter((kind) => kind !== 'audio').length).toBeLessThan(3);
    }
  });

  it('starts anew when the timestamps jump', () => {
    const jumped = packetsOf(pcm, () => 2).map((packet, n) =>
      n < 200 ? packet : { ...packet, timestamp: (packet.timestamp + 1_000_000_000) >>> 0 },
    );
    const { kinds } = play(jumped, 9900);
    expect(kinds.slice(10).filter((kind) => kind !== 'audio').length).toBeLessThan(4);
  });

  it('is silent before anything came and after everything went', () => {
    const { out, kinds } = play(
      packetsOf(pcm.subarray(0, 16_000), () => 2),
      4000,
    );
    expect(kinds.at(-1)).toBe('silence');
    expect(out.subarray(-8000).every((sample) => sample === 0)).toBe(true);
  });

  it('with 5 % loss keeps the length and nearly all of the sound', () => {
    const random = randomness(9);
    const { out } = play(
      packetsOf(pcm, () => (random() < 0.05 ? null : 2)),
      9900,
    );
    expect(heardIn(out, pcm.subarray(0, 70_000)).likeness).toBeGreaterThan(0.93);
  });
});
