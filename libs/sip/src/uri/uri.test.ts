import { describe, expect, it } from 'vitest';
import { dialledNumber, e164 } from './phone-number.js';
import { formatUri, parseUri, sameUri, sipUri, userOf } from './uri.js';

const same = (a: string, b: string) => sameUri(parseUri(a), parseUri(b));

describe('a URI', () => {
  it('has its parts', () => {
    expect(parseUri('sip:ann:pw@Example.COM:5070;transport=TCP;lr?Subject=hi&x=')).toEqual({
      scheme: 'sip',
      user: 'ann',
      password: 'pw',
      host: 'example.com',
      port: 5070,
      params: new Map([
        ['transport', 'TCP'],
        ['lr', null],
      ]),
      headers: [
        ['Subject', 'hi'],
        ['x', ''],
      ],
    });
  });

  it.each([
    'sip:[2001:db8::1]:5060',
    'sip:+1-555@a;user=phone',
    'tel:+1-201-555-0123;ext=5',
    'urn:service:sos',
    'sip:user;par=u%40h@example.com',
  ])('is written as it was read: %s', (text) => {
    expect(formatUri(parseUri(text))).toBe(text);
  });

  it.each([
    '',
    'sip',
    'sip:',
    'sip:@',
    'sip:a@b@c',
    'sip:a b@c',
    'sip:a@b:99999',
    'sip:a@-b',
    'sip:a@b;',
    'sip:a@b;x=1;x=2',
    'sip:a@b?x',
    'tel:',
    'tel:12 x',
    '1bad:x',
    'sip:a@b\r\nX: y',
  ])('is not %j', (text) => {
    expect(() => parseUri(text)).toThrow(expect.objectContaining({ code: 'sip.bad-uri' }));
  });

  it('escapes the user that it is made of', () => {
    expect(formatUri(sipUri('a b@c;d', '192.0.2.1', 5060))).toBe('sip:a%20b%40c%3Bd@192.0.2.1:5060');
    expect(userOf(sipUri('a b@c;d', '192.0.2.1', 5060))).toBe('a b@c;d');
  });
});

describe('comparison (the examples of RFC 3261 section 19.1.4)', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtlanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
    ],
  ])('%s is %s', (a, b) => expect(same(a, b)).toBe(true));

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
  ])('%s is not %s', (a, b) => expect(same(a, b)).toBe(false));
});

describe('a number', () => {
  it.each([
    ['1000', '1000'],
    ['+1 (201) 555-0123', '+12015550123'],
    ['%2B44%2020', '+4420'],
    ['+44 20', '+4420'],
    ['+１２３', '+123'],
    ['٠٠٤٤', '0044'],
    ['555‑0100', '5550100'],
    ['7042;phone-context=+1914555', '+19145557042'],
    ['7042;phone-context=example.com', '7042'],
    ['+15550100;ext=5', '+15550100'],
    ['*98#', '*98#'],
  ])('%j is dialled as %s', (text, number) => expect(dialledNumber(text)).toBe(number));

  it.each(['', 'ann', '+', '12a', '++1', 'scenario:1', '1+2', '123\u0000'])('is not %j', (text) =>
    expect(dialledNumber(text)).toBeNull(),
  );

  it.each([
    ['0044 20 7946 0000', '+442079460000'],
    ['+442079460000', '+442079460000'],
    ['+0044 20', '+4420'],
    ['0000882', '+882'],
    ['%30%30882', '+882'],
    ['０0８８２', '+882'],
    ['0882', '0882'],
    ['1000', '1000'],
  ])('%j is judged as %s', (text, number) => expect(e164(text)).toBe(number));
});
