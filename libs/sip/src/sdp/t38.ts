import { sipError } from '../errors.js';
import { isIp4, sessionLines } from './addresses.js';
import type { MayReach } from './offer-answer.js';
import { connectionOf, refused, type SdpMedia, type SessionDescription } from './session.js';

/** What a side can do of T.38, as its `m=image` line says (ITU-T T.38 annex D). */
export interface T38Abilities {
  /** 0 … 3. */
  readonly version: number;
  /** In bit/s. */
  readonly maxBitRate: number;
  readonly rateManagement: 'transferredTCF' | 'localTCF';
  /** The longest UDPTL datagram that it takes, in bytes. */
  readonly maxDatagram: number;
  readonly fillBitRemoval: boolean;
  /** How it repairs losses: by repetition, forward error correction, or not at all. */
  readonly errorCorrection: 'redundancy' | 'fec' | 'none';
}

/** Our side of a T.38 stream. */
export interface LocalT38 {
  readonly address: string;
  readonly port: number;
  readonly sessionId: number;
  /** Grows with every description that says something new (RFC 3264 section 8). */
  readonly version: number;
}

/** What two descriptions have settled, seen from us. */
export interface AgreedT38 {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Of the far end; the version is what both have. */
  readonly abilities: T38Abilities;
}

/** V.17 at most, and version 0, which every implementation has. */
const OURS: T38Abilities = {
  version: 0,
  maxBitRate: 14_400,
  rateManagement: 'transferredTCF',
  maxDatagram: 1400,
  fillBitRemoval: false,
  errorCorrection: 'redundancy',
};
/** What those hold to that say nothing (T.38 annex D, and what implementations take). */
const UNSAID = { maxBitRate: 14_400, maxDatagram: 400 };
const LEAST_DATAGRAM = 40;
const MOST_DATAGRAM = 1400;

const UDP_EC = { redundancy: 't38UDPRedundancy', fec: 't38UDPFEC', none: 't38UDPNoEC' } as const;

export const isT38 = (media: SdpMedia): boolean =>
  media.kind === 'image' && /^udptl$/i.test(media.proto) && media.formats.some((format) => /^t38$/i.test(format));

/** Whether an offer has a T.38 stream. */
export const offersT38 = (offer: SessionDescription): boolean =>
  offer.media.some((media) => isT38(media) && media.port > 0);

/**
 * Offers T.38 in place of the audio of `before`, our last description. A line never goes away (RFC 3264 section 8): what is not wanted any more
 * has port 0.
 */
export function makeT38Offer(local: LocalT38, before: SessionDescription | null): SessionDescription {
  const lines = before?.media ?? [];
  const image = lines.findIndex(isT38);
  const index =
    image >= 0
      ? image
      : Math.max(
          0,
          lines.findIndex((media) => media.port > 0),
        );
  const media =
    lines.length === 0
      ? [imageMedia(local)]
      : lines.map((line, n) => (n === index ? imageMedia(local) : refused(line)));
  return { lines: sessionLines(local), media };
}

/** Takes the T.38 stream of an offer and nothing else. Throws `sip.no-common-media` or `sip.forbidden-address`: the offer must be refused (488). */
export function answerT38(
  offer: SessionDescription,
  local: LocalT38,
  mayReach: MayReach,
): { answer: SessionDescription; agreed: AgreedT38 } {
  const taken = offer.media.find((media) => isT38(media) && media.port > 0);
  if (!taken) throw sipError('sip.no-common-media');
  const agreed = agree(offer, taken, mayReach);
  const media = offer.media.map((line) => (line === taken ? imageMedia(local, agreed.abilities) : refused(line)));
  return { answer: { lines: sessionLines(local), media }, agreed };
}

/** Reads the answer to an offer of ours; null when it refuses T.38. Throws `sip.forbidden-address`, `sip.no-common-media`. */
export function readT38Answer(answer: SessionDescription, mayReach: MayReach): AgreedT38 | null {
  const media = answer.media.find((line) => isT38(line) && line.port > 0);
  return media ? agree(answer, media, mayReach) : null;
}

function agree(remote: SessionDescription, media: SdpMedia, mayReach: MayReach): AgreedT38 {
  const connection = connectionOf(remote, media);
  if (!connection || connection.family !== 'IP4' || !isIp4(connection.address)) throw sipError('sip.no-common-media');
  if (!mayReach(connection.address, media.port)) throw sipError('sip.forbidden-address');
  return { remoteAddress: connection.address, remotePort: media.port, abilities: abilitiesOf(media) };
}

/** Names are written in several ways by those who are out there, so case does not count. */
function abilitiesOf(media: SdpMedia): T38Abilities {
  const attributes = new Map<string, string>();
  for (const { type, value } of media.lines) {
    const match = type === 'a' ? /^(T38[A-Za-z0-9]+)(?:[ \t]*:[ \t]*(.*))?$/i.exec(value) : null;
    if (match && !attributes.has(match[1]!.toLowerCase())) attributes.set(match[1]!.toLowerCase(), match[2] ?? '');
  }
  const number = (name: string, otherwise: number) => {
    const value = attributes.get(name);
    return value !== undefined && /^[0-9]{1,6}$/.test(value) ? Number(value) : otherwise;
  };
  // Some write the attribute alone when they mean yes, some write 0 or 1.
  const flag = (name: string) => attributes.has(name) && attributes.get(name) !== '0';
  const correction = (attributes.get('t38faxudpec') ?? '').toLowerCase();
  return {
    version: Math.min(number('t38faxversion', 0), OURS.version),
    maxBitRate: number('t38maxbitrate', UNSAID.maxBitRate) || UNSAID.maxBitRate,
    rateManagement: /local/i.test(attributes.get('t38faxratemanagement') ?? '') ? 'localTCF' : 'transferredTCF',
    maxDatagram: Math.min(MOST_DATAGRAM, Math.max(LEAST_DATAGRAM, number('t38faxmaxdatagram', UNSAID.maxDatagram))),
    fillBitRemoval: flag('t38faxfillbitremoval'),
    errorCorrection: correction.includes('fec') ? 'fec' : correction.includes('noec') ? 'none' : 'redundancy',
  };
}

/** In an answer, what the offer has settled. */
function imageMedia(local: LocalT38, settled: T38Abilities = OURS): SdpMedia {
  const attributes = [
    `T38FaxVersion:${settled.version}`,
    `T38MaxBitRate:${Math.min(settled.maxBitRate, OURS.maxBitRate)}`,
    ...(settled.fillBitRemoval ? ['T38FaxFillBitRemoval'] : []),
    `T38FaxRateManagement:${settled.rateManagement}`,
    `T38FaxMaxBuffer:2000`,
    `T38FaxMaxDatagram:${OURS.maxDatagram}`,
    // We repair by repetition whatever they do: a packet without repetitions reads the same.
    `T38FaxUdpEC:${UDP_EC[settled.errorCorrection === 'none' ? 'none' : 'redundancy']}`,
  ];
  return {
    kind: 'image',
    port: local.port,
    portCount: null,
    proto: 'udptl',
    formats: ['t38'],
    lines: attributes.map((value) => ({ type: 'a', value })),
  };
}
