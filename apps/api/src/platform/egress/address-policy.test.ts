import { describe, expect, it } from 'vitest';
import { AddressPolicy } from './address-policy.js';

const policy = new AddressPolicy([]);

describe('addresses that may be reached (S2)', () => {
  it.each([
    '127.0.0.1', '127.8.9.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1',
    '192.0.0.1', '198.18.0.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '192.0.2.1',
    '::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '64:ff9b::7f00:1',
    '2002:7f00:1::', '2001::1', '2001:db8::1', '[::1]',
  ])('are not %s', (address) => {
    expect(policy.allows(address, address)).toBe(false);
  }); // prettier-ignore

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('are public: %s', (address) => {
    expect(policy.allows('example.org', address)).toBe(true);
  });

  it('are private where EGRESS_ALLOW says so, by range, address and host', () => {
    const some = new AddressPolicy(['127.0.0.0/8', '10.0.0.7', 'crm.internal', 'fd00::/8']);
    expect(
      ['127.0.0.1', '::ffff:127.0.0.1', '10.0.0.7', 'fd00::1'].map((address) => some.allows(address, address)),
    ).toEqual([true, true, true, true]);
    expect(some.allows('CRM.internal', '192.168.0.5')).toBe(true);
    expect(['10.0.0.8', '192.168.0.5', '::1'].map((address) => some.allows(address, address))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('are not our own ports, even on an allowed address', () => {
    const own = new AddressPolicy(['127.0.0.0/8'], () => [3000]);
    expect(own.allows('127.0.0.1', '127.0.0.1', 3000)).toBe(false);
    expect(own.allows('127.0.0.1', '127.0.0.1', 3001)).toBe(true);
  });
});
