import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDestination } from './destination.js';

describe('a destination', () => {
  it.each([
    ['phone:anna', { kind: 'phone', username: 'anna' }],
    [' +370 600 (00) 001 ', { kind: 'number', number: '+37060000001' }],
    ['112', { kind: 'number', number: '112' }],
    ['*43', { kind: 'number', number: '*43' }],
    ['trunk:carrier/+370-5-123', { kind: 'trunk', trunk: 'carrier', number: '+3705123' }],
    ['sip:sales@example.org', { kind: 'uri', uri: 'sip:sales@example.org' }],
    ['SIP:sales@[2001:db8::1]:5070;transport=tcp', { kind: 'uri', uri: 'SIP:sales@[2001:db8::1]:5070;transport=tcp' }],
    ['tel:+1-201-555-0123', { kind: 'uri', uri: 'tel:+1-201-555-0123' }],
    ['tel:7042;phone-context=example.com', { kind: 'uri', uri: 'tel:7042;phone-context=example.com' }],
    ['scenario:front-desk', { kind: 'scenario', id: 'front-desk' }],
  ])('%s is read', (text, expected) => {
    expect(parseDestination(text)).toEqual(expected);
  });

  it.each([
    '',
    '+',
    'anna',
    '１１２',
    'phone:',
    'phone:a b',
    'phone:../x',
    'trunk:carrier',
    'trunk:/112',
    'trunk:carrier/',
    'sip:',
    'sip:a b@c',
    'sip:a@b\r\nVia: x',
    'sip:a@b>',
    'tel:anna',
    'scenario:Front Desk',
    'http://example.org',
    'javascript:alert(1)',
  ])('%j is not', (text) => {
    expect(parseDestination(text)).toBe(null);
  });

  it('never holds what would end a header field', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', 'sip:', 'tel:', 'phone:', 'trunk:a/', 'scenario:'),
        (text, scheme) => {
          expect(JSON.stringify(parseDestination(scheme + text))).not.toMatch(/\\r|\\n|[<>]/);
        },
      ),
    );
  });
});
