import { expect, it } from 'vitest';
import { FloodGuard } from './flood-guard.js';

const scanner = { remoteAddress: '203.0.113.66', remotePort: 5060 };
const phoneBeside = { ...scanner, remotePort: 5062 };
const nobody = { remoteAddress: '192.0.2.1', remotePort: 5060 };
const message = (callId: string) => Buffer.from(`INVITE sip:1 SIP/2.0\r\nVia: x\r\nCall-Id :  ${callId}\r\n\r\n`);
const known = (callId: string) => callId === 'known@here';
const fresh = message('fresh');

it('leaves a source unread that brings nothing of use, and reads it slowly as long as it goes on', () => {
  const guard = new FloodGuard();
  let read = 0;
  // 2,000 a second for 10 s.
  for (let n = 0; n < 20_000; n++) {
    if (!guard.admits(scanner, fresh, known, n / 2)) continue;
    read += 1;
    guard.blame(scanner, n / 2);
  }
  expect(read).toBeGreaterThanOrEqual(990);
  expect(read).toBeLessThanOrEqual(1010);
  expect(guard.unread).toBe(20_000 - read);
  expect(guard.admits(phoneBeside, fresh, known, 10_000)).toBe(true);
  expect(guard.admits(nobody, fresh, known, 10_000)).toBe(true);
  expect(guard.admits(scanner, fresh, known, 11_000)).toBe(true);
});

it('reads what belongs to a call that is known, whoever sends it: an address may be forged', () => {
  const guard = new FloodGuard();
  for (let n = 0; n < 600; n++) guard.blame(scanner, 0);
  expect(guard.admits(scanner, fresh, known, 0)).toBe(false);
  expect(guard.admits(scanner, message('known@here'), known, 0)).toBe(true);
  expect(guard.admits(scanner, Buffer.from('SIP/2.0 200 OK\ni:known@here\r\n'), known, 0)).toBe(true);
  expect(guard.admits(scanner, Buffer.alloc(0), known, 0)).toBe(false);
});

it('is not deceived by a source that takes another port each time', () => {
  const guard = new FloodGuard();
  let read = 0;
  for (let n = 0; n < 20_000; n++) {
    const peer = { ...scanner, remotePort: 1024 + n };
    if (!guard.admits(peer, fresh, known, n / 2)) continue;
    read += 1;
    guard.blame(peer, n / 2);
  }
  expect(read).toBeLessThanOrEqual(2000 + 2000 + 10);
});
