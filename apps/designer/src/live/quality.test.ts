import { expect, it } from 'vitest';
import { soundOf } from './quality.js';

const leg = (fields: object) => ({
  leg: 'caller',
  codec: 'PCMA',
  packetsSent: 1000,
  packetsReceived: 1000,
  packetsLost: 0,
  jitterMs: 1,
  roundTripMs: 20,
  ...fields,
});

it.each([
  ['a clean line', {}, 4.4, 'good'],
  ['a tenth lost', { packetsReceived: 900, packetsLost: 100 }, 3.4, 'poor'],
  ['half a second of delay each way', { roundTripMs: 1000 }, 2.2, 'poor'],
  ['no reports from the far end', { roundTripMs: null }, 4.4, 'good'],
  ['duplicates, which RTCP counts as less than nothing lost', { packetsLost: -3 }, 4.4, 'good'],
])('%s', (_, fields, mos, grade) => {
  const sound = soundOf(leg(fields))!;
  expect(Math.abs(sound.mos - mos)).toBeLessThanOrEqual(0.2);
  expect(sound.grade).toBe(grade);
});

it('nothing is said of a leg of which nothing came', () => {
  expect(soundOf(leg({ packetsReceived: 0 }))).toBeNull();
});
