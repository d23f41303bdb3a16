import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../bytes.js';
import { isOrdinaryTarget } from './addresses.js';
import { answerOffer, makeOffer } from './offer-answer.js';
import { formatSdp, parseSdp, type SessionDescription } from './session.js';
import { answerT38, makeT38Offer, offersT38, readT38Answer, type LocalT38 } from './t38.js';

const local: LocalT38 = { address: '192.0.2.1', port: 5000, sessionId: 1, version: 2 };
const audio = { ...local, codecs: ['PCMU', 'PCMA'] as const, direction: 'sendrecv' as const };
const sdp = (...lines: string[]): SessionDescription =>
  parseSdp(
    encodeUtf8(['v=0', 'o=- 1 1 IN IP4 198.51.100.2', 's=-', 'c=IN IP4 198.51.100.2', 't=0 0', ...lines].join('\r\n')),
  );
const mediaLines = (description: SessionDescription): string[] =>
  decodeUtf8(formatSdp(description))
    .split('\r\n')
    .filter((line) => line.startsWith('m='));

const GATEWAY = [
  'm=image 4020 udptl t38',
  'a=T38FaxVersion:3',
  'a=T38MaxBitRate:9600',
  'a=T38FaxRateManagement:transferredTCF',
  'a=T38FaxMaxBuffer:1000',
  'a=T38FaxMaxDatagram:100',
  'a=T38FaxFillBitRemoval:0',
  'a=T38FaxTranscodingMMR:0',
  'a=T38FaxUdpEC:t38UDPRedundancy',
];

describe('T.38 in session descriptions', () => {
  it('is read as its sender means it, also the values that say no', () => {
    const { agreed } = answerT38(sdp(...GATEWAY), local, isOrdinaryTarget);
    expect(agreed).toEqual({
      remoteAddress: '198.51.100.2',
      remotePort: 4020,
      abilities: {
        version: 0,
        maxBitRate: 9600,
        rateManagement: 'transferredTCF',
        maxDatagram: 100,
        fillBitRemoval: false,
        errorCorrection: 'redundancy',
      },
    });
    const other = sdp(
      'm=image 4020 UDPTL T38',
      'a=T38FaxFillBitRemoval',
      'a=t38faxudpec:t38UDPNoEC',
      'a=T38FaxRateManagement:localTCF',
    );
    expect(answerT38(other, local, isOrdinaryTarget).agreed.abilities).toMatchObject({
      fillBitRemoval: true,
      errorCorrection: 'none',
      rateManagement: 'localTCF',
      maxDatagram: 400,
    });
  });

  it('is answered line by line: T.38 is taken, audio refused', () => {
    const offer = sdp('m=audio 4000 RTP/AVP 0', ...GATEWAY);
    expect(offersT38(offer)).toBe(true);
    const { answer } = answerT38(offer, local, isOrdinaryTarget);
    expect(mediaLines(answer)).toEqual(['m=audio 0 RTP/AVP 0', 'm=image 5000 udptl t38']);
    expect(decodeUtf8(formatSdp(answer))).toContain('a=T38FaxVersion:0\r\n');
  });

  it('of an offer with both, audio can be taken instead', () => {
    const { answer } = answerOffer(sdp('m=audio 4000 RTP/AVP 0', ...GATEWAY), audio, isOrdinaryTarget);
    expect(mediaLines(answer)).toEqual(['m=audio 5000 RTP/AVP 0', 'm=image 0 udptl t38']);
  });

  it('takes the place of the audio, gives it back, and no line goes away', () => {
    const first = makeOffer(audio);
    const fax = makeT38Offer(local, first);
    expect(mediaLines(fax)).toEqual(['m=image 5000 udptl t38']);
    expect(mediaLines(makeOffer(audio, fax))).toEqual(['m=audio 5000 RTP/AVP 0 8 101']);
    const both = answerOffer(sdp('m=audio 4000 RTP/AVP 0', ...GATEWAY), audio, isOrdinaryTarget).answer;
    const faxOfBoth = makeT38Offer(local, both);
    expect(mediaLines(faxOfBoth)).toEqual(['m=audio 0 RTP/AVP 0', 'm=image 5000 udptl t38']);
    expect(mediaLines(makeOffer(audio, faxOfBoth))).toEqual(['m=audio 5000 RTP/AVP 0 8 101', 'm=image 0 udptl t38']);
  });

  it('may be refused by an answer that has no port', () => {
    expect(readT38Answer(sdp('m=image 0 udptl t38'), isOrdinaryTarget)).toBeNull();
    expect(readT38Answer(sdp('m=audio 4000 RTP/AVP 0'), isOrdinaryTarget)).toBeNull();
    expect(readT38Answer(sdp(...GATEWAY), isOrdinaryTarget)?.remotePort).toBe(4020);
  });

  it('is not sent where media may not go', () => {
    const offer = sdp(...GATEWAY);
    expect(() => answerT38(offer, local, () => false)).toThrow(
      expect.objectContaining({ code: 'sip.forbidden-address' }),
    );
    expect(() => answerT38(sdp('m=audio 4000 RTP/AVP 0'), local, isOrdinaryTarget)).toThrow(
      expect.objectContaining({ code: 'sip.no-common-media' }),
    );
  });

  it('has sound limits whatever the attributes say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('Version', 'MaxDatagram', 'MaxBuffer', 'UdpEC'), fc.string())),
        (all) => {
          const lines = all.map(([name, value]) => `a=T38Fax${name}:${value.replace(/[\r\n]/g, '')}`);
          const { abilities } = answerT38(sdp('m=image 4020 udptl t38', ...lines), local, isOrdinaryTarget).agreed;
          expect(abilities.maxDatagram).toBeGreaterThanOrEqual(40);
          expect(abilities.maxDatagram).toBeLessThanOrEqual(1400);
          expect(abilities.version).toBe(0);
        },
      ),
    );
  });
});
