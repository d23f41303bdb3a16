import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio.js';
import { FixedJitterBuffer } from './fixed-buffer.js';

/** Codes are their own samples. */
const plain = Int16Array.from({ length: 256 }, (_, code) => code);
const START = 0xffff_fe00;

function packet(buffer: FixedJitterBuffer, number: number): void {
  const codes = new Uint8Array(FRAME_SAMPLES).fill(number);
  buffer.insert((START + number * FRAME_SAMPLES) >>> 0, codes, 0, codes.length, plain);
}
function take(buffer: FixedJitterBuffer): string {
  const frame = new Int16Array(FRAME_SAMPLES);
  const came = buffer.take(frame);
  return came === FRAME_SAMPLES ? String(frame[0]) : came === 0 ? '-' : '?';
}

describe('the jitter buffer of a modem', () => {
  it('holds sound back by its delay, whatever the order in which it comes', () => {
    const buffer = new FixedJitterBuffer(60);
    const out: string[] = [];
    for (const number of [0, 2, 1, 3, 4, 6, 5, 7]) {
      packet(buffer, number);
      out.push(take(buffer));
    }
    expect(out).toEqual(['-', '-', '-', '0', '1', '2', '3', '4']);
  });

  it('leaves a hole for what is lost or comes after its time, and nothing moves', () => {
    const buffer = new FixedJitterBuffer(40);
    const out: string[] = [];
    for (const number of [0, 1, null, 3, 4, 2, 6, 7]) {
      if (number !== null) packet(buffer, number);
      out.push(take(buffer));
    }
    expect(out).toEqual(['-', '-', '0', '1', '-', '3', '4', '-']);
    expect(buffer.late).toBe(1);
  });

  it('loses nothing that was waiting for a reader who was held up for a second', () => {
    const buffer = new FixedJitterBuffer(240);
    packet(buffer, 0);
    const out = [take(buffer)];
    for (let number = 1; number <= 50; number++) packet(buffer, number);
    for (let number = 0; number < 62; number++) out.push(take(buffer));
    expect(out.slice(12)).toEqual(Array.from({ length: 51 }, (_, number) => String(number)));
  });

  it('takes up a stream whose clock jumped', () => {
    const buffer = new FixedJitterBuffer(20);
    for (const number of [0, 1, 2]) {
      packet(buffer, number);
      take(buffer);
    }
    packet(buffer, 200);
    expect([take(buffer), take(buffer)]).toEqual(['-', '200']);
    // Back: late at first, then another clock.
    const out: string[] = [];
    for (let number = 3; number < 18; number++) {
      packet(buffer, number);
      out.push(take(buffer));
    }
    expect(out.slice(-3)).toEqual(['14', '15', '16']);
  });
});
