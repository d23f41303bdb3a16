import { mirrored } from '@callwright/sip';
import type { MediaParameters } from '@callwright/channel-embedded/calls';

/**
 * The far end's description as FreeSWITCH is to see it: what was agreed on and nothing else, so that it has no choice to make. Directions
 * of `parameters` are seen from us, those of a description from who gives it.
 */
export function farEndSdp(parameters: MediaParameters, version: number): string {
  const { remoteAddress, remotePort, payloadType, codec, telephoneEvent, ptimeMs } = parameters;
  const formats = telephoneEvent === null ? `${payloadType}` : `${payloadType} ${telephoneEvent}`;
  return [
    'v=0',
    `o=callwright 1 ${version} IN IP4 ${remoteAddress}`,
    's=-',
    `c=IN IP4 ${remoteAddress}`,
    't=0 0',
    `m=audio ${remotePort} RTP/AVP ${formats}`,
    `a=rtpmap:${payloadType} ${codec}/8000`,
    ...(telephoneEvent === null
      ? []
      : [`a=rtpmap:${telephoneEvent} telephone-event/8000`, `a=fmtp:${telephoneEvent} 0-15`]),
    `a=ptime:${ptimeMs}`,
    `a=${mirrored(parameters.direction)}`,
    '',
  ].join('\r\n');
}

/**
 * A description of nobody. An endpoint that is made without one is answered by FreeSWITCH's own stack from then on: a re-INVITE is
 * confirmed before the media has moved, and in a conference every command is ignored.
 */
export const NOBODY: MediaParameters = {
  remoteAddress: '127.0.0.1',
  remotePort: 9,
  codec: 'PCMU',
  payloadType: 0,
  telephoneEvent: 101,
  direction: 'sendrecv',
  ptimeMs: 20,
  learn: 'nobody',
};
