import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { SendPolicy } from './send-policy.js';

const to = (address: string, port = 4000) => ({ address, port });

describe('SendPolicy (C2)', () => {
  const usual = new SendPolicy({});

  it.each(['192.0.2.1', '10.0.0.5', '192.168.1.20', '2001:db8::1'])('lets media go to a telephone at %s', (address) => {
    expect(usual.allows(to(address), false)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '169.254.169.254',
    'fe80::1',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '0.0.0.0',
    '::',
  ])('sends nothing to %s', (address) => {
    expect(usual.allows(to(address), false)).toBe(false);
  });

  it.each(['example.org', '', '1.2.3', '127.1'])('sends nothing to %j, which is no address', (address) => {
    expect(usual.allows(to(address), true)).toBe(false);
  });

  it.each([0, -1, 65_536, 1.5, NaN])('sends nothing to port %d', (port) => {
    expect(usual.allows(to('192.0.2.1', port), false)).toBe(false);
  });

  it('opens loopback to a call that came from there, and nothing else', () => {
    expect(usual.allows(to('127.0.0.1'), true)).toBe(true);
    expect(usual.allows(to('169.254.1.1'), true)).toBe(false);
    expect(usual.allows(to('224.0.0.1'), true)).toBe(false);
  });

  it('opens what the configuration names, but never multicast', () => {
    const open = new SendPolicy({
      allow: ['127.0.0.0/8', '169.254.7.7', '224.0.0.0/4', 'fe80::/10', 'not-an-address'],
    });
    for (const address of ['127.0.0.1', '169.254.7.7', 'fe80::2']) expect(open.allows(to(address), false)).toBe(true);
    for (const address of ['169.254.7.8', '224.0.0.1']) expect(open.allows(to(address), false)).toBe(false);
  });

  it('never talks to our own SIP port, under whichever of our addresses', () => {
    const policy = new SendPolicy({ allow: ['127.0.0.0/8'], ownSip: [{ address: '0.0.0.0', port: 5060 }] });
    expect(policy.allows(to('127.0.0.1', 5060), true)).toBe(false);
    expect(policy.allows(to('127.0.0.1', 5062), true)).toBe(true);
    expect(policy.allows(to('192.0.2.1', 5060), false)).toBe(true);
    const ours = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address } of ours) expect(policy.allows(to(address, 5060), true)).toBe(false);
  });
});
