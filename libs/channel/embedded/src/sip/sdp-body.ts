import { contentTypeOf, decodeUtf8, NO_BODY, type SipMessage } from '@callwright/sip';

export const SDP_TYPE = 'application/sdp';

/** The session description of a message, alone or as a part of a multipart body; null when it has none. */
export function sdpOf(message: SipMessage): Uint8Array | null {
  if (message.body.length === 0) return null;
  const type = contentTypeOf(message);
  if (type === SDP_TYPE) return message.body;
  return type?.startsWith('multipart/') ? sdpPart(message) : null;
}

/** Whether a body is there that is no session description. */
export const hasForeignBody = (message: SipMessage): boolean => message.body.length > 0 && sdpOf(message) === null;

function sdpPart(message: SipMessage): Uint8Array | null {
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(
    message.headers.get('Content-Type') ?? '',
  );
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) return null;
  for (const part of decodeUtf8(message.body).split(`--${delimiter}`)) {
    const gap = /\r?\n\r?\n/.exec(part);
    if (gap && /^content-type\s*:\s*application\/sdp\b/im.test(part.slice(0, gap.index))) {
      return new TextEncoder().encode(part.slice(gap.index + gap[0].length));
    }
  }
  return null;
}

export const sdpHeaders = (body: Uint8Array | null): (readonly [string, string])[] =>
  body ? [['Content-Type', SDP_TYPE]] : [];
export const bodyOr = (body: Uint8Array | null): Uint8Array => body ?? NO_BODY;
