import { describe, expect, it } from 'vitest';
import { AddressLock } from './address-lock.js';

const named = { address: '192.0.2.1', port: 4000 };
const nat = { address: '198.51.100.7', port: 50_001 };
const stranger = { address: '203.0.113.66', port: 666 };

/** A stream of `count` packets from there, with a packet of ours after each; gives where ours went. */
function stream(lock: AddressLock, source: typeof named, count: number, { ssrc = 1, first = 0, now = 0 } = {}) {
  const accepted: boolean[] = [];
  const sentTo = Array.from({ length: count }, (_, n) => {
    accepted.push(lock.heard(source, ssrc, (first + n) & 0xffff, now + n * 20));
    return lock.target();
  });
  return { accepted, sentTo };
}

describe('AddressLock (C1)', () => {
  it('is settled by the first packet from where the SDP says', () => {
    const lock = new AddressLock(named, 'anybody');
    expect(stream(lock, named, 1).accepted).toEqual([true]);
    expect(lock.locked).toEqual(named);
    expect(stream(lock, stranger, 100)).toMatchObject({
      accepted: new Array(100).fill(false),
      sentTo: new Array(100).fill(named),
    });
  });

  it('learns the address of a phone behind NAT after at most 5 packets to the SDP and 5 to try it', () => {
    const lock = new AddressLock(named, 'anybody');
    const { accepted, sentTo } = stream(lock, nat, 20, { first: 65_530 });
    expect(lock.locked).toEqual(nat);
    expect(sentTo.indexOf(nat)).toBeLessThanOrEqual(5);
    expect(accepted.indexOf(true)).toBe(9);
    expect(stream(lock, named, 5, { now: 1000 }).accepted.some(Boolean)).toBe(false);
  });

  it('sends a stranger at most 5 packets when the far end speaks from where it said, and never listens to him', () => {
    for (let head = 0; head < 10; head++) {
      const lock = new AddressLock(named, 'anybody');
      const before = stream(lock, stranger, head);
      expect(lock.heard(named, 9, 500, head * 20)).toBe(true);
      const after = stream(lock, stranger, 50, { first: head, now: head * 20 });
      expect([...before.sentTo, ...after.sentTo].filter((to) => to === stranger).length).toBeLessThanOrEqual(5);
      expect([...before.accepted, ...after.accepted].some(Boolean)).toBe(false);
    }
  });

  it('tries strangers at most 5 times in all, also one who begins a stream and goes silent, and one after the other', () => {
    const lock = new AddressLock(named, 'anybody');
    const tried = [];
    for (let n = 0; n < 5; n++) {
      const { sentTo } = stream(lock, { ...stranger, port: 600 + n }, 6, { ssrc: n, now: n * 1000 });
      tried.push(...sentTo, ...Array.from({ length: 30 }, () => lock.target()));
    }
    expect(tried.filter((to) => to !== named)).toHaveLength(5);
    expect(lock.locked).toBeNull();
  });

  it('does not learn when it may not', () => {
    const lock = new AddressLock(named, 'nobody');
    expect(stream(lock, nat, 100)).toMatchObject({
      accepted: new Array(100).fill(false),
      sentTo: new Array(100).fill(named),
    });
  });

  it('does not take single packets, whoever sends them, for a stream', () => {
    const lock = new AddressLock(named, 'anybody');
    for (let n = 0; n < 100; n++) expect(lock.heard(stranger, n, n, n * 20)).toBe(false);
    for (let n = 0; n < 100; n++) expect(lock.heard(stranger, 1, n * 50, 5000 + n * 20)).toBe(false);
    expect(lock.locked).toBeNull();
  });

  it('is not kept from the far end by a stranger who began first and went silent', () => {
    const lock = new AddressLock(named, 'anybody');
    stream(lock, stranger, 3);
    expect(stream(lock, nat, 30, { now: 500 }).accepted.at(-1)).toBe(true);
  });

  it('takes no key for a proof', () => {
    const lock = new AddressLock(named, 'anybody');
    for (let n = 0; n < 100; n++) expect(lock.heard(stranger, 1, n, n * 20, false)).toBe(false);
    expect(lock.locked).toBeNull();
  });

  it('hears the host of the SDP on another port after a second, sends where the SDP says, and gives way to it', () => {
    const lock = new AddressLock(named, 'port');
    const otherPort = { ...named, port: 4010 };
    expect(stream(lock, stranger, 100).accepted.some(Boolean)).toBe(false);
    const { accepted, sentTo } = stream(lock, otherPort, 60, { now: 5_000 });
    expect(accepted.indexOf(true)).toBe(49);
    expect(sentTo).toEqual(new Array(60).fill(named));
    expect(stream(lock, { ...named, port: 4020 }, 60, { now: 10_000 }).accepted.some(Boolean)).toBe(false);
    expect(stream(lock, named, 1, { now: 20_000 }).accepted).toEqual([true]);
    expect(stream(lock, otherPort, 60, { now: 21_000 }).accepted.some(Boolean)).toBe(false);
  });
});
