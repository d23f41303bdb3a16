import { sipError } from '../errors.js';
import { decodeUtf8, encodeUtf8 } from '../bytes.js';

export interface SdpLine {
  readonly type: string;
  readonly value: string;
}

/** `c=IN IP4 192.0.2.1`. */
export interface SdpConnection {
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
}

/** One `m=` line and what belongs to it. Lines are kept in their order, unknown ones included. */
export interface SdpMedia {
  /** `audio`, `image`, `video`, … */
  readonly kind: string;
  readonly port: number;
  readonly portCount: number | null;
  /** `RTP/AVP`, `udptl`, … as written. */
  readonly proto: string;
  readonly formats: readonly string[];
  readonly lines: readonly SdpLine[];
}

/** A session description (RFC 4566). */
export interface SessionDescription {
  /** Every line before the first `m=`, from `v=` on. */
  readonly lines: readonly SdpLine[];
  readonly media: readonly SdpMedia[];
}

const MAX_MEDIA = 32;
const MAX_LINES = 1024;

/** Throws `sip.bad-sdp`. */
export function parseSdp(bytes: Uint8Array): SessionDescription {
  const lines: SdpLine[] = [];
  const media: (SdpMedia & { lines: SdpLine[] })[] = [];
  let count = 0;
  for (const raw of decodeUtf8(bytes).split('\n')) {
    const line = raw.replace(/[\r\0]+/g, '').trimEnd();
    if (line === '') continue;
    if (++count > MAX_LINES) throw sipError('sip.bad-sdp', 'The session description has too many lines.');
    if (line[1] !== '=' || !/^[a-z]/.test(line)) throw sipError('sip.bad-sdp', 'A line is not of the form x=value.');
    const type = line[0]!;
    const value = line.slice(2);
    if (type === 'm') {
      if (media.length === MAX_MEDIA) throw sipError('sip.bad-sdp', 'The session description has too many media.');
      media.push({ ...parseMedia(value), lines: [] });
    } else (media.at(-1)?.lines ?? lines).push({ type, value });
  }
  if (lines[0]?.type !== 'v' || lines[0].value !== '0') throw sipError('sip.bad-sdp', 'The version must be 0.');
  if (!lines.some((line) => line.type === 'o')) throw sipError('sip.bad-sdp', 'The origin is missing.');
  return { lines, media };
}

function parseMedia(value: string): Omit<SdpMedia, 'lines'> {
  const [kind, port, proto, ...formats] = value.split(/[ \t]+/);
  const match = /^([0-9]{1,5})(?:\/([0-9]{1,5}))?$/.exec(port ?? '');
  if (
    kind === undefined ||
    kind === '' ||
    proto === undefined ||
    formats.length === 0 ||
    !match ||
    Number(match[1]) > 65535
  ) {
    throw sipError('sip.bad-sdp', 'A media line cannot be read.');
  }
  return { kind, port: Number(match[1]), portCount: match[2] === undefined ? null : Number(match[2]), proto, formats };
}

export function formatSdp(sdp: SessionDescription): Uint8Array {
  const text = [
    ...sdp.lines.map(formatLine),
    ...sdp.media.flatMap((media) => [formatMedia(media), ...media.lines.map(formatLine)]),
  ];
  return encodeUtf8(text.join('\r\n') + '\r\n');
}

const formatLine = (line: SdpLine) => `${line.type}=${line.value}`;
const formatMedia = (m: SdpMedia) =>
  `m=${m.kind} ${m.port}${m.portCount === null ? '' : `/${m.portCount}`} ${m.proto} ${m.formats.join(' ')}`;

/** The connection of a media, its own or the session's; null when there is none that can be read. */
export function connectionOf(sdp: SessionDescription, media: SdpMedia): SdpConnection | null {
  const line = media.lines.find((l) => l.type === 'c') ?? sdp.lines.find((l) => l.type === 'c');
  const match = /^IN[ \t]+(IP4|IP6)[ \t]+([^ \t/]+)/i.exec(line?.value ?? '');
  return match ? { family: match[1]!.toUpperCase() as 'IP4' | 'IP6', address: match[2]! } : null;
}

/** Values of `a=name:value` (or '' for a bare `a=name`) of a media, else of the session. */
export function attributesOf(sdp: SessionDescription | null, media: SdpMedia, name: string): string[] {
  const own = readAttributes(media.lines, name);
  return own.length > 0 || !sdp ? own : readAttributes(sdp.lines, name);
}

function readAttributes(lines: readonly SdpLine[], name: string): string[] {
  const values: string[] = [];
  for (const line of lines) {
    if (line.type !== 'a') continue;
    if (line.value === name) values.push('');
    else if (line.value.startsWith(`${name}:`)) values.push(line.value.slice(name.length + 1));
  }
  return values;
}

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
const DIRECTIONS: readonly MediaDirection[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** Seen from who wrote it. The null address of RFC 2543 means that nothing may be sent to its writer. */
export function directionOf(sdp: SessionDescription, media: SdpMedia): MediaDirection {
  const find = (lines: readonly SdpLine[]) =>
    DIRECTIONS.find((d) => lines.some((line) => line.type === 'a' && line.value === d));
  const written = find(media.lines) ?? find(sdp.lines) ?? 'sendrecv';
  if (connectionOf(sdp, media)?.address !== '0.0.0.0') return written;
  return written === 'sendrecv' || written === 'sendonly' ? 'sendonly' : 'inactive';
}

export const mirrored = (direction: MediaDirection): MediaDirection =>
  direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction;

export const canSend = (direction: MediaDirection) => direction === 'sendrecv' || direction === 'sendonly';
export const canReceive = (direction: MediaDirection) => direction === 'sendrecv' || direction === 'recvonly';

/** Both must want what is to flow. */
export function direction(send: boolean, receive: boolean): MediaDirection {
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';
}

/** The same line with port 0 (RFC 3264 section 6). */
export const refused = (media: SdpMedia): SdpMedia => ({ ...media, port: 0, portCount: null, lines: [] });
