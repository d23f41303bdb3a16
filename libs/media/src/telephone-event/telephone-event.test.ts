import { describe, expect, it } from 'vitest';
import { randomness } from '../testing/sound.js';
import { throughLink } from '../testing/lossy-link.js';
import { DIGITS } from './digits.js';
import type { TelephoneEvent } from './payload.js';
import { readTelephoneEvent, writeTelephoneEvent } from './payload.js';
import { TelephoneEventReceiver } from './receiver.js';
import { TelephoneEventSender } from './sender.js';

interface Sent {
  readonly timestamp: number;
  readonly packet: TelephoneEvent;
  readonly atMs: number;
}

/** What a phone puts on the wire for these keys. */
function press(digits: string, { durationMs = 100, gapMs = 100, packetMs = 50 } = {}): Sent[] {
  const sender = new TelephoneEventSender({ digits, durationMs, gapMs, packetMs });
  const sent: Sent[] = [];
  let timestamp = 0;
  for (let atMs = 0; ; atMs += packetMs) {
    const step = sender.step();
    if (step.type === 'done') return sent;
    if (step.type === 'pause') continue;
    if (step.first) timestamp = atMs * 8;
    sent.push({ timestamp, packet: step.packet, atMs });
  }
}

function hear(arriving: readonly Sent[]): { digits: string; durations: number[] } {
  const receiver = new TelephoneEventReceiver();
  let digits = '';
  const durations: number[] = [];
  let now = 0;
  const note = (changes: ReturnType<TelephoneEventReceiver['tick']>) => {
    for (const change of changes) {
      if (change.type === 'ended') {
        digits += change.digit;
        durations.push(change.durationMs);
      }
    }
  };
  for (const { packet, timestamp, atMs } of arriving) {
    for (; now < atMs; now += 20) note(receiver.tick(now));
    note(receiver.receive(packet, timestamp, now));
  }
  note(receiver.tick(now + 1000));
  return { digits, durations };
}

describe('telephone events (RFC 4733)', () => {
  it('are sent as updates of one event with three ends', () => {
    expect(press('5', { durationMs: 140 }).map(({ packet }) => [packet.event, packet.duration, packet.end])).toEqual([
      [5, 400, false],
      [5, 800, false],
      [5, 1120, true],
      [5, 1120, true],
      [5, 1120, true],
    ]);
  });

  it('leave at least the gap between two keys', () => {
    const starts = [
      ...new Set(press('12', { durationMs: 100, gapMs: 150, packetMs: 20 }).map(({ timestamp }) => timestamp)),
    ];
    expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(250 * 8);
  });

  it('say how long each key was held', () => {
    expect(hear(press('1*D', { durationMs: 180 }))).toEqual({ digits: '1*D', durations: [180, 180, 180] });
  });

  it('are told while the key is still down when it is held long, and only once', () => {
    const receiver = new TelephoneEventReceiver();
    const told = press('7', { durationMs: 5000 }).flatMap(({ packet, timestamp, atMs }) =>
      receiver.receive(packet, timestamp, atMs),
    );
    expect(told).toEqual([
      { type: 'began', digit: '7' },
      { type: 'ended', digit: '7', durationMs: 1000 },
    ]);
  });

  it('are told when all their ends are lost', () => {
    expect(hear(press('42').filter(({ packet }) => !packet.end)).digits).toBe('42');
  });

  it('go on in a next segment when they outgrow 16 bits', () => {
    const receiver = new TelephoneEventReceiver();
    const event = (duration: number, end: boolean): TelephoneEvent => ({ event: 3, end, volume: 10, duration });
    const told = [
      ...receiver.receive(event(0xfff0, false), 0, 0),
      ...receiver.receive(event(400, false), 0xffff, 8200),
      ...receiver.receive(event(800, true), 0xffff, 8250),
    ];
    expect(told.filter(({ type }) => type === 'began')).toHaveLength(1);
    expect(told.filter(({ type }) => type === 'ended')).toHaveLength(1);
  });

  it('that are no keys are not told', () => {
    const flash: TelephoneEvent = { event: 16, end: true, volume: 0, duration: 800 };
    expect(new TelephoneEventReceiver().receive(flash, 5, 0)).toEqual([]);
  });

  it('survive being written and read', () => {
    const bytes = new Uint8Array(6);
    const value = { event: 11, end: true, volume: 63, duration: 65_535 };
    writeTelephoneEvent(bytes, 2, value);
    expect(readTelephoneEvent(bytes, 2, 6)).toEqual(value);
    expect(readTelephoneEvent(bytes, 3, 6)).toBeNull();
  });

  it.each([20, 50])(
    'in packets of %i ms, with 10 in 100 lost, 5 out of order and 2 doubled: of 10,000 keys none is wrong or doubled (C3)',
    (packetMs) => {
      const random = randomness(4733);
      const digits = Array.from({ length: 10_000 }, () => DIGITS[Math.floor(random() * 16)]!).join('');
      const heard = hear(
        throughLink(press(digits, { packetMs, gapMs: 120 }), { loss: 0.1, reorder: 0.05, duplicate: 0.02 }, random),
      ).digits;
      // Align: what was heard must be what was sent, with at most 5 left out.
      let missed = 0;
      let at = 0;
      for (const digit of digits) {
        if (heard[at] === digit) at++;
        else missed++;
      }
      expect(at).toBe(heard.length);
      expect(missed).toBeLessThanOrEqual(5);
    },
  );
});
