import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../bytes.js';
import { isOrdinaryTarget } from './addresses.js';
import { answerOffer, makeOffer, readAnswer, type LocalAudio } from './offer-answer.js';
import { formatSdp, parseSdp } from './session.js';
import { offerWarning } from './warning.js';

const local: LocalAudio = {
  address: '192.0.2.1',
  port: 10_000,
  codecs: ['PCMU', 'PCMA'],
  direction: 'sendrecv',
  sessionId: 7,
  version: 1,
};
const sdp = (...lines: string[]) =>
  parseSdp(
    encodeUtf8(['v=0', 'o=- 1 1 IN IP4 198.51.100.2', 's=-', 'c=IN IP4 198.51.100.2', 't=0 0', ...lines].join('\r\n')),
  );
const answer = (offer: ReturnType<typeof sdp>, ours: Partial<LocalAudio> = {}, mayReach = isOrdinaryTarget) => {
  const { answer, agreed } = answerOffer(offer, { ...local, ...ours }, mayReach);
  return { text: decodeUtf8(formatSdp(answer)).split('\r\n').filter(Boolean), agreed };
};

describe('answering an offer', () => {
  it('takes the first codec of the offer that is ours, with telephone-event under the number of the offer', () => {
    const { text, agreed } = answer(
      sdp(
        'm=audio 4000 RTP/AVP 96 8 0 97',
        'a=rtpmap:96 opus/48000/2',
        'a=rtpmap:97 telephone-event/8000',
        'a=ptime:30',
      ),
    );
    expect(text.slice(5)).toEqual([
      'm=audio 10000 RTP/AVP 8 97',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:97 telephone-event/8000',
      'a=fmtp:97 0-15',
      'a=ptime:30',
      'a=sendrecv',
    ]);
    expect(agreed).toEqual({
      remoteAddress: '198.51.100.2',
      remotePort: 4000,
      remoteRtcpPort: 4001,
      codec: 'PCMA',
      payloadType: 8,
      telephoneEvent: 97,
      direction: 'sendrecv',
      ptimeMs: 30,
    });
  });

  it('keeps a list of codecs that the scenario asked for', () => {
    expect(answer(sdp('m=audio 4000 RTP/AVP 0 8'), { codecs: ['PCMA'] }).agreed.codec).toBe('PCMA');
  });

  it('takes our first codec when we insist', () => {
    const offer = sdp('m=audio 4000 RTP/AVP 0 8');
    expect(answer(offer, { codecs: ['PCMA', 'PCMU'] }).agreed.codec).toBe('PCMU');
    expect(answer(offer, { codecs: ['PCMA', 'PCMU'], insist: true }).agreed.codec).toBe('PCMA');
  });

  it('knows a codec by its name under a number of its own', () => {
    expect(answer(sdp('m=audio 4000 RTP/AVP 100', 'a=rtpmap:100 pcmu/8000/1')).agreed).toMatchObject({
      codec: 'PCMU',
      payloadType: 100,
    });
  });

  it('refuses lines that it does not know with port 0, in their places', () => {
    const { text } = answer(
      sdp('m=video 4002 RTP/AVP 31', 'm=audio 4000 RTP/AVP 0', 'm=audio 4004 RTP/AVP 8', 'm=image 4006 udptl t38'),
    );
    expect(text.filter((line) => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 10000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 8',
      'm=image 0 udptl t38',
    ]);
  });

  it.each([
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
    ['sendrecv', 'sendrecv'],
  ])('%s is answered with %s', (theirs, ours) => {
    const { text, agreed } = answer(sdp('m=audio 4000 RTP/AVP 0', `a=${theirs}`));
    expect(agreed.direction).toBe(ours);
    expect(text).toContain(`a=${ours}`);
  });

  it('takes the null address of RFC 2543 as hold', () => {
    expect(answer(sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 0.0.0.0')).agreed.direction).toBe('recvonly');
  });

  it('stays on hold when we hold', () => {
    expect(answer(sdp('m=audio 4000 RTP/AVP 0'), { direction: 'sendonly' }).text).toContain('a=sendonly');
    expect(answer(sdp('m=audio 4000 RTP/AVP 0', 'a=sendonly'), { direction: 'sendonly' }).agreed.direction).toBe(
      'inactive',
    );
  });

  it('takes the address of the media before that of the session, and its RTCP port', () => {
    const { agreed } = answer(sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 198.51.100.9', 'a=rtcp:53020'));
    expect(agreed).toMatchObject({ remoteAddress: '198.51.100.9', remoteRtcpPort: 53_020 });
  });

  it.each(['127.0.0.1', '169.254.10.1', '224.0.0.5', '0.1.2.3', '255.255.255.255'])(
    'sends nothing to %s',
    (address) => {
      expect(() => answer(sdp('m=audio 4000 RTP/AVP 0', `c=IN IP4 ${address}`))).toThrow(
        expect.objectContaining({ code: 'sip.forbidden-address' }),
      );
    },
  );

  it.each([
    [['m=audio 4000 RTP/AVP 9 18']],
    [['m=audio 0 RTP/AVP 0']],
    [['m=audio 4000 RTP/SAVP 0']],
    [['m=audio 4000 RTP/AVP 0', 'c=IN IP6 ::1']],
    [['m=audio 4000 RTP/AVP 0', 'c=IN IP4 media.example.com']],
    [['m=video 4000 RTP/AVP 31']],
    [[]],
  ])('refuses an offer without audio that we can have: %j', (lines) => {
    expect(() => answer(sdp(...lines))).toThrow(expect.objectContaining({ code: 'sip.no-common-media' }));
  });
});

describe('the warning to an offer that is refused', () => {
  const warning = (...lines: string[]) => offerWarning(formatSdp(sdp(...lines)));
  it.each([
    ['m=audio 4000 RTP/SAVP 0', '302 callwright "Incompatible transport protocol: RTP/SAVP is not spoken, RTP/AVP is"'],
    ['m=audio 4000 a"\\b 0', '302 callwright "Incompatible transport protocol: a??b is not spoken, RTP/AVP is"'],
    ['m=audio 4000 RTP/AVP 18', '305 callwright "Incompatible media format: PCMU and PCMA are spoken"'],
    ['m=video 4000 RTP/AVP 0', '304 callwright "Media type not available: only audio is"'],
    ['m=audio 0 RTP/AVP 0', '304 callwright "Media type not available: only audio is"'],
    ['m=audio 4000 RTP/AVP 0', '301 callwright "Incompatible network address: media cannot be sent there"'],
  ])('%s says what is wrong', (line, expected) => {
    expect(warning(line)).toBe(expected);
  });

  it('says that it cannot be read', () => {
    expect(offerWarning(encodeUtf8('hello'))).toBe('399 callwright "The session description cannot be read"');
  });
});

describe('offering', () => {
  it('lists our codecs and telephone-event, and reads the answer', () => {
    const text = decodeUtf8(formatSdp(makeOffer(local)));
    expect(text).toContain('m=audio 10000 RTP/AVP 0 8 101\r\n');
    expect(text).toContain('o=- 7 1 IN IP4 192.0.2.1\r\n');
    const agreed = readAnswer(
      local,
      sdp('m=audio 4000 RTP/AVP 8 101', 'a=rtpmap:101 telephone-event/8000', 'a=recvonly'),
      isOrdinaryTarget,
    );
    expect(agreed).toMatchObject({ codec: 'PCMA', telephoneEvent: 101, direction: 'sendonly' });
  });

  it('cannot use an answer that refuses the line', () => {
    expect(() => readAnswer(local, sdp('m=audio 0 RTP/AVP 0'), isOrdinaryTarget)).toThrow(
      expect.objectContaining({ code: 'sip.no-common-media' }),
    );
  });
});

describe('reading', () => {
  it.each([
    '',
    'v=1\r\no=x',
    'v=0\r\ns=-',
    'v=0\r\no=x\r\nnonsense',
    'v=0\r\no=x\r\nm=audio x RTP/AVP 0',
    'v=0\r\no=x\r\nm=audio 4000',
  ])('refuses %j', (text) => {
    expect(() => parseSdp(encodeUtf8(text))).toThrow(expect.objectContaining({ code: 'sip.bad-sdp' }));
  });
});
