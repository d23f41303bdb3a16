import { encodeUtf8 } from '@callwright/sip';
import { describe, expect, it } from 'vitest';
import { causeOfStatus } from './causes.js';
import { headerFields } from './header-fields.js';
import { digitOfInfo } from './info-digits.js';

describe('the key of an INFO', () => {
  const key = (type: string, text: string) => digitOfInfo(type, encodeUtf8(text));

  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=120\r\n', { digit: '5', durationMs: 120 }],
    ['application/dtmf-relay', 'signal = *\nduration = 99999999', { digit: '*', durationMs: 60_000 }],
    ['Application/DTMF-Relay; charset=x', 'Signal=11', { digit: '#', durationMs: 160 }],
    ['application/dtmf-relay', 'Signal=a\r\n', { digit: 'A', durationMs: 160 }],
    ['application/dtmf', '7', { digit: '7', durationMs: 160 }],
    ['application/dtmf', ' 10\r\n', { digit: '*', durationMs: 160 }],
  ])('%s %j is %j', (type, text, expected) => expect(key(type, text)).toEqual(expected));

  it.each([
    ['application/dtmf-relay', 'Signal=!\r\n'],
    ['application/dtmf-relay', 'Duration=160'],
    ['application/dtmf', '55'],
    ['application/dtmf', ''],
  ])('%s %j is none', (type, text) => expect(key(type, text)).toBeNull());

  it('of another type is not for us', () => expect(key('application/media_control+xml', '<x/>')).toBeUndefined());
});

describe('header fields of a scenario', () => {
  it('are sent, each value as a field', () => {
    expect(headerFields({ 'X-Ticket': ['7', '8'], 'P-Asserted-Identity': ['<sip:a@b>'] })).toEqual([
      ['X-Ticket', '7'],
      ['X-Ticket', '8'],
      ['P-Asserted-Identity', '<sip:a@b>'],
    ]);
  });

  it('that steer the protocol, in long or compact form, stay behind', () => {
    const ours = [
      'Route',
      'VIA',
      'v',
      'i',
      'Contact',
      'm',
      'Require',
      'Replaces',
      'content-length',
      'l',
      'Authorization',
      'From',
      'Refer-To',
      'r',
    ];
    expect(headerFields(Object.fromEntries(ours.map((name) => [name, ['x']])))).toEqual([]);
  });

  it('stay one field whatever is in them', () => {
    expect(headerFields({ 'X-A': ['1\r\nRoute: <sip:evil>'], 'X B': ['2'], 'X-C\r\nRoute': ['3'] })).toEqual([
      ['X-A', '1 Route: <sip:evil>'],
    ]);
  });
});

it('every refusal has a cause in the words of the contract', () => {
  expect([486, 600, 603, 404, 604, 487, 408, 480, 503, 403, 401, 488, 302, 500, null].map(causeOfStatus)).toEqual([
    ...['busy', 'busy', 'declined', 'not-found', 'not-found', 'cancelled', 'unreachable', 'unreachable', 'unreachable'],
    ...['rejected', 'rejected', 'rejected', 'failed', 'unreachable', 'unreachable'],
  ]);
});
