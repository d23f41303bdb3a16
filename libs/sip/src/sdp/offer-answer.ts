import { sipError } from '../errors.js';
import { isIp4, sessionLines } from './addresses.js';
import { audioFormatsOf, ptimeOf, telephoneEventOf, type AudioCodec, type AudioFormat } from './audio.js';
import {
  attributesOf,
  canReceive,
  canSend,
  connectionOf,
  direction,
  directionOf,
  mirrored,
  refused,
  type MediaDirection,
  type SdpMedia,
  type SessionDescription,
} from './session.js';

/** Our side of one audio stream. */
export interface LocalAudio {
  readonly address: string;
  readonly port: number;
  /** In our order of preference; the offerer's order counts before ours unless `insist` is set. */
  readonly codecs: readonly AudioCodec[];
  readonly insist?: boolean;
  /** What we want of it; `sendonly` puts the far end on hold. */
  readonly direction: MediaDirection;
  readonly sessionId: number;
  /** Grows with every description that says something new (RFC 3264 section 8). */
  readonly version: number;
}

/** What two descriptions have settled (RFC 3264), seen from us. */
export interface AgreedAudio {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** RTCP, when it is not on the next port (RFC 3605). */
  readonly remoteRtcpPort: number;
  readonly codec: AudioCodec;
  readonly payloadType: number;
  readonly telephoneEvent: number | null;
  readonly direction: MediaDirection;
  readonly ptimeMs: number;
}

/** Whether media may be sent to an address: the caller knows loopback, link-local, multicast and what is configured. */
export type MayReach = (address: string, port: number) => boolean;

const OUR_TYPES: Readonly<Record<AudioCodec, number>> = { PCMU: 0, PCMA: 8 };
const OUR_TELEPHONE_EVENT = 101;

/** `before`, our last description: its lines stay in their places, and those that are not wanted have port 0 (RFC 3264 section 8). */
export function makeOffer(local: LocalAudio, before: SessionDescription | null = null): SessionDescription {
  const formats = local.codecs.map((codec) => ({ codec, payloadType: OUR_TYPES[codec] }));
  const audio = audioMedia(local, formats, OUR_TELEPHONE_EVENT, local.direction, 20, 'RTP/AVP');
  const lines = before?.media ?? [];
  const known = lines.findIndex((media) => media.kind === 'audio');
  const index =
    known >= 0
      ? known
      : Math.max(
          0,
          lines.findIndex((media) => media.port > 0),
        );
  const media = lines.length === 0 ? [audio] : lines.map((line, n) => (n === index ? audio : refused(line)));
  return { lines: sessionLines(local), media };
}

/**
 * Answers an offer: the first audio line with a codec of ours is taken, every other line is refused with port 0 in its place.
 * Throws `sip.no-common-media` or `sip.forbidden-address`: the offer must be refused (488).
 */
export function answerOffer(
  offer: SessionDescription,
  local: LocalAudio,
  mayReach: MayReach,
): { answer: SessionDescription; agreed: AgreedAudio } {
  const taken = offer.media.find((m) => isPlainAudio(m) && m.port > 0 && common(m, local));
  if (!taken) throw sipError('sip.no-common-media');
  const format = common(taken, local)!;
  const agreed = agree(offer, taken, format, local.direction, mayReach);
  const answer: SessionDescription = {
    lines: sessionLines(local),
    media: offer.media.map((m) =>
      m === taken
        ? audioMedia(local, [format], agreed.telephoneEvent, agreed.direction, agreed.ptimeMs, m.proto)
        : refused(m),
    ),
  };
  return { answer, agreed };
}

/** Reads the answer to an offer of ours. Throws as `answerOffer`: the call cannot have audio. */
export function readAnswer(local: LocalAudio, answer: SessionDescription, mayReach: MayReach): AgreedAudio {
  const media = answer.media.find((line) => isPlainAudio(line) && line.port > 0);
  const format = media && audioFormatsOf(media).find((f) => local.codecs.includes(f.codec));
  if (!media || !format) throw sipError('sip.no-common-media');
  return agree(answer, media, format, local.direction, mayReach);
}

/** A codec that both have. */
function common(media: SdpMedia, local: LocalAudio): AudioFormat | undefined {
  const theirs = audioFormatsOf(media).filter((format) => local.codecs.includes(format.codec));
  const best = local.insist ? local.codecs.find((codec) => theirs.some((format) => format.codec === codec)) : undefined;
  return theirs.find((format) => best === undefined || format.codec === best);
}

/** Audio over RTP that is not encrypted. */
export const isPlainAudio = (media: SdpMedia) => media.kind === 'audio' && /^RTP\/AVPF?$/i.test(media.proto);

function agree(
  remote: SessionDescription,
  media: SdpMedia,
  format: AudioFormat,
  ours: MediaDirection,
  mayReach: MayReach,
): AgreedAudio {
  const connection = connectionOf(remote, media);
  if (!connection || connection.family !== 'IP4' || !isIp4(connection.address)) throw sipError('sip.no-common-media');
  const theirs = mirrored(directionOf(remote, media));
  const held = connection.address === '0.0.0.0';
  if (!held && !mayReach(connection.address, media.port)) throw sipError('sip.forbidden-address');
  const rtcp = Number(/^[0-9]{1,5}/.exec(attributesOf(null, media, 'rtcp')[0] ?? '')?.[0] ?? media.port + 1);
  return {
    remoteAddress: connection.address,
    remotePort: media.port,
    remoteRtcpPort: rtcp <= 65535 ? rtcp : media.port + 1,
    codec: format.codec,
    payloadType: format.payloadType,
    telephoneEvent: telephoneEventOf(media),
    direction: direction(canSend(ours) && canSend(theirs) && !held, canReceive(ours) && canReceive(theirs)),
    ptimeMs: ptimeOf(remote, media),
  };
}

function audioMedia(
  local: LocalAudio,
  formats: readonly AudioFormat[],
  telephoneEvent: number | null,
  way: MediaDirection,
  ptimeMs: number,
  proto: string,
): SdpMedia {
  const attributes = formats.map((format) => `rtpmap:${format.payloadType} ${format.codec}/8000`);
  if (telephoneEvent !== null)
    attributes.push(`rtpmap:${telephoneEvent} telephone-event/8000`, `fmtp:${telephoneEvent} 0-15`);
  attributes.push(`ptime:${ptimeMs}`, way);
  return {
    kind: 'audio',
    port: local.port,
    portCount: null,
    proto,
    formats: [
      ...formats.map((format) => String(format.payloadType)),
      ...(telephoneEvent === null ? [] : [String(telephoneEvent)]),
    ],
    lines: attributes.map((value) => ({ type: 'a', value })),
  };
}
