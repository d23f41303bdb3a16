import { describe, expect, it } from 'vitest';
import { canonicalAddress, readSockaddr, writeSockaddr } from './sockaddr.js';

describe('socket addresses', () => {
  it.each(['192.0.2.1', '255.255.255.255', '2001:db8::1', '::1', 'fe80::1:2:3', '2001:db8:1:2:3:4:5:6', '::'])(
    '%s survives',
    (address) => {
      expect(readSockaddr(writeSockaddr({ address, port: 40_001 }))).toEqual({ address, port: 40_001 });
    },
  );

  it('have one spelling', () => {
    expect(canonicalAddress('2001:0DB8:0:0:0::1')).toBe('2001:db8::1');
    expect(canonicalAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(canonicalAddress('192.0.2.1')).toBe('192.0.2.1');
  });
});
