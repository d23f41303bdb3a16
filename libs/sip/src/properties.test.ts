import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { isCallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from './bytes.js';
import { readAuthHeader } from './digest/auth-header.js';
import { buildMessage } from './message/build.js';
import { headerKey } from './message/header-names.js';
import type { SipMessage } from './message/message.js';
import { readDatagram } from './message/read.js';
import { StreamReader } from './message/stream.js';
import { judgeDatagram } from './message/verdict.js';
import { formatSdp, parseSdp } from './sdp/session.js';
import { answerOffer } from './sdp/offer-answer.js';
import { torture, TORTURES } from './testing/rfc4475.js';
import { formatUri, parseUri } from './uri/uri.js';
import { e164 } from './uri/phone-number.js';

/* Gate A2: any bytes up to 64 KiB give a value or our own error, in linear time; what was written is read back as the same. */

const RUNS = { numRuns: 150 };
/** So many numbers below `limit`, from a seed: drawing 65,536 of them one by one is what took the time here. They shrink by getting fewer. */
const noise = (limit: number) =>
  fc.record({ seed: fc.integer(), length: fc.nat(65_536) }).map(({ seed, length }) => {
    let state = seed;
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return (state >>> 8) % limit;
    });
  });
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 256 }),
  noise(256).map((all) => Uint8Array.from(all)),
);
const characters = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 256 }),
  noise(0x300).map((all) => all.map((code) => String.fromCharCode(code)).join('')),
);
/** Valid messages with pieces cut out, doubled and overwritten: far deeper into the parser than noise gets. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...TORTURES.map(({ name }) => torture(name))),
    cuts: fc.array(
      fc.record({
        at: fc.nat(2000),
        remove: fc.nat(40),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 8 }),
          fc.constantFrom(...['"', '<', '>', ',', ';', '\r\n', '\r\n ', ':', '\\', '%', '@', '\0'].map(encodeUtf8)),
        ),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ seed, cuts }) =>
    cuts.reduce(
      (now, { at, remove, insert }) => Uint8Array.from([...now.slice(0, at), ...insert, ...now.slice(at + remove)]),
      Uint8Array.from(seed),
    ),
  );

function valueOrOwnError<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (isCallwrightError(error)) return null;
    throw error;
  }
}

/** 2 µs a byte + 1 ms. The best of ten, because the machine has other work too; what is far beyond it is not tried again. */
function expectLinear(size: number, work: () => void): void {
  let best = Infinity;
  const limit = 1 + size * 0.002;
  for (let i = 0; i < 10 && best > limit && (i < 3 || best < 10 * limit); i++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  expect(best).toBeLessThan(limit);
}

/** A message without Content-Length, which is added where it was missing. */
const partsOf = ({ headers, ...rest }: SipMessage) => ({
  ...rest,
  fields: [...headers].filter(({ name }) => headerKey(name) !== 'content-length'),
});

describe('SIP messages', { timeout: 300_000 }, () => {
  it.each([
    ['noise', bytes],
    ['damaged messages', mutated],
  ])('of %s give a verdict, in time, and are written as they were read', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (input) => {
        expectLinear(input.length, () => judgeDatagram(input));
        const reading = valueOrOwnError(() => readDatagram(input));
        if (!reading || reading.fault) return;
        const once = buildMessage(reading.message);
        const again = readDatagram(once).message;
        expect(partsOf(again)).toEqual(partsOf(reading.message));
        expect(buildMessage(again)).toEqual(once);
      }),
      RUNS,
    );
  });

  it('come out of a stream the same, however it is cut', () => {
    fc.assert(
      fc.property(
        mutated,
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }),
        (input, sizes) => {
          const whole = new StreamReader().push(input);
          const reader = new StreamReader();
          const pieces = [];
          for (let at = 0, i = 0; at < input.length; i++) {
            const size = sizes[i % sizes.length]!;
            pieces.push(...reader.push(input.subarray(at, at + size)));
            at += size;
          }
          const look = (items: typeof whole) =>
            items.map((item) => (item.type === 'message' ? buildMessage(item.reading.message) : item.type));
          expect(look(pieces)).toEqual(look(whole));
        },
      ),
      RUNS,
    );
  });

  const worst: [string, string][] = [
    ['open quotes', `OPTIONS sip:a@b SIP/2.0\r\nVia: ${'"'.repeat(60_000)}\r\n\r\n`],
    ['open brackets', `OPTIONS sip:a@b SIP/2.0\r\nContact: ${'<'.repeat(60_000)}\r\n\r\n`],
    ['commas', `OPTIONS sip:a@b SIP/2.0\r\nVia: ${','.repeat(60_000)}\r\n\r\n`],
    ['folds', `OPTIONS sip:a@b SIP/2.0\r\nVia: x${'\r\n x'.repeat(15_000)}\r\n\r\n`],
    ['blanks in the start line', `OPTIONS${' '.repeat(60_000)}SIP/2.0\r\n\r\n`],
    ['versions in the start line', `OPTIONS ${'SIP/2.0 '.repeat(7_500)}\r\n\r\n`],
    ['digits in the start line', `OPTIONS SIP/${'1'.repeat(60_000)}\r\n\r\n`],
    ['parameters', `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a${';a=b'.repeat(15_000)}\r\n\r\n`],
    // What follows them keeps them from being trimmed away.
    ['blanks in Via', `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP${' '.repeat(60_000)}x\r\n\r\n`],
    ['blanks in the protocol of Via', `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP${' '.repeat(60_000)};\r\n\r\n`],
    ['blanks in CSeq', `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\nCSeq: 1${' '.repeat(60_000)}x y\r\n\r\n`],
    ['blanks in a name', `OPTIONS sip:a@b SIP/2.0\r\nFrom: a${' '.repeat(60_000)}b<\r\n\r\n`],
    ['escaped quotes', `OPTIONS sip:a@b SIP/2.0\r\nTo: "${'\\"'.repeat(30_000)}\r\n\r\n`],
    ['tags', `OPTIONS sip:a@b SIP/2.0\r\nSession-Expires: ${';refresher='.repeat(6_000)}\r\n\r\n`],
    ['empty lines', `${'\r\n'.repeat(30_000)}OPTIONS sip:a@b SIP/2.0\r\n\r\n`],
    ['stray lines', `OPTIONS sip:a@b SIP/2.0\r\n${'x\r\n'.repeat(20_000)}\r\n`],
  ];
  it.each(worst)('full of %s take linear time', (_, text) => {
    const input = encodeUtf8(text);
    expectLinear(input.length, () => judgeDatagram(input));
    expectLinear(input.length, () => new StreamReader().push(input));
  });

  it('cannot keep a stream reader busy with pings', () => {
    const input = encodeUtf8('\r\n'.repeat(32_000));
    expectLinear(input.length, () => new StreamReader().push(input));
  });
});

describe('session descriptions', { timeout: 300_000 }, () => {
  const line = fc.oneof(
    fc.constantFrom(
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 4000 RTP/AVP 0 8 101',
      'a=rtpmap:101 telephone-event/8000',
      'a=sendonly',
      'm=image 4002 udptl t38',
      'a=ptime:20',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .tuple(fc.constantFrom('a', 'm', 'c', 'o', 'b'), fc.string({ maxLength: 60 }))
      .map(([type, value]) => `${type}=${value}`),
  );
  const lines = fc
    .array(line, { maxLength: 40 })
    .map((all) => encodeUtf8(['v=0', 'o=- 1 1 IN IP4 192.0.2.1', ...all].join('\r\n')));

  it.each([
    ['noise', bytes],
    ['lines', lines],
  ])('of %s are read or refused, in time, and are written as they were read', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (input) => {
        expectLinear(input.length, () => valueOrOwnError(() => parseSdp(input)));
        const sdp = valueOrOwnError(() => parseSdp(input));
        if (!sdp) return;
        expect(parseSdp(formatSdp(sdp))).toEqual(sdp);
        const local = {
          address: '192.0.2.9',
          port: 4000,
          codecs: ['PCMU', 'PCMA'] as const,
          direction: 'sendrecv' as const,
          sessionId: 1,
          version: 1,
        };
        const answered = valueOrOwnError(() => answerOffer(sdp, local, () => true));
        if (answered) expect(answered.answer.media).toHaveLength(sdp.media.length);
      }),
      { ...RUNS, examples: [[new Uint8Array()], [encodeUtf8('v=0\r\no=-\r\nm=audio 0/0 RTP/AVP 0\r\n')]] },
    );
  });
});

describe('URIs', { timeout: 300_000 }, () => {
  const pieces = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'sip:',
          'sips:',
          'tel:',
          '+1',
          '@',
          ';',
          '=',
          '?',
          '&',
          '%',
          '%41',
          ':',
          'host',
          '[::1]',
          '1.2.3.4',
          '5060',
          'lr',
          'transport=tcp',
          ';Maddr=Other%2BCase',
          '<',
          ' ',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 14 },
    )
    .map((all) => all.join(''));

  it.each([
    ['noise', characters],
    ['pieces', pieces],
  ])('of %s are read or refused, in time, and are written as they were read', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        for (const given of [text, `sip:${text}`, `tel:${text}`]) {
          expectLinear(given.length, () => valueOrOwnError(() => parseUri(given)));
          const uri = valueOrOwnError(() => parseUri(given));
          if (!uri) continue;
          expect(parseUri(formatUri(uri))).toEqual(uri);
        }
      }),
      RUNS,
    );
  });

  it('and numbers of any text take linear time', () => {
    fc.assert(
      fc.property(characters, (text) => {
        expectLinear(text.length, () => e164(text));
        const number = e164(text);
        if (number !== null) expect(e164(number)).toBe(number);
      }),
      RUNS,
    );
  });
});

describe('digest header fields', { timeout: 300_000 }, () => {
  const pieces = fc
    .array(
      fc.oneof(
        fc.constantFrom('Digest ', 'realm', '=', '"', ',', '\\', 'nonce="x"', 'qop=auth', ' '),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 14 },
    )
    .map((all) => all.join(''));
  it.each([
    ['noise', characters],
    ['pieces', pieces],
  ])('of %s are read or not, in time', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        for (const given of [text, `Digest ${text}`]) expectLinear(given.length, () => readAuthHeader(given));
      }),
      RUNS,
    );
  });
});
