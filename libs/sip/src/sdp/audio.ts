import { attributesOf, type SdpMedia, type SessionDescription } from './session.js';

export type AudioCodec = 'PCMU' | 'PCMA';

/** Payload types that need no rtpmap (RFC 3551). */
const STATIC: Readonly<Record<string, string>> = { '0': 'PCMU/8000', '8': 'PCMA/8000' };

export interface AudioFormat {
  readonly codec: AudioCodec;
  readonly payloadType: number;
}

/** The codecs that we know, in the order of the line. */
export function audioFormatsOf(media: SdpMedia): AudioFormat[] {
  const names = rtpMaps(media);
  const found: AudioFormat[] = [];
  for (const format of media.formats) {
    const payloadType = payloadTypeOf(format);
    const name = names.get(format) ?? STATIC[format];
    const codec = name === 'PCMU/8000' ? 'PCMU' : name === 'PCMA/8000' ? 'PCMA' : null;
    if (codec && payloadType !== null) found.push({ codec, payloadType });
  }
  return found;
}

/** Payload type of telephone-event at 8,000 Hz (RFC 4733), or null. */
export function telephoneEventOf(media: SdpMedia): number | null {
  const names = rtpMaps(media);
  const format = media.formats.find((f) => names.get(f) === 'TELEPHONE-EVENT/8000');
  return format === undefined ? null : payloadTypeOf(format);
}

function rtpMaps(media: SdpMedia): Map<string, string> {
  const maps = new Map<string, string>();
  for (const value of attributesOf(null, media, 'rtpmap')) {
    const match = /^([0-9]{1,3})[ \t]+([^ \t]+)/.exec(value);
    // `PCMU/8000/1` says the same as `PCMU/8000`.
    if (match) maps.set(match[1]!, match[2]!.toUpperCase().replace(/^([^/]+\/[^/]+)\/1$/, '$1'));
  }
  return maps;
}

function payloadTypeOf(format: string): number | null {
  return /^[0-9]{1,3}$/.test(format) && Number(format) <= 127 ? Number(format) : null;
}

/** In ms: what the far end wants to receive, within what we can send. */
export function ptimeOf(sdp: SessionDescription, media: SdpMedia): number {
  const wanted = Number(attributesOf(sdp, media, 'ptime')[0] ?? 20);
  const most = Number(attributesOf(sdp, media, 'maxptime')[0] ?? 60);
  const usable = [10, 20, 30, 40, 60].filter((ms) => ms <= wanted && !(ms > most));
  return usable.at(-1) ?? 20;
}
