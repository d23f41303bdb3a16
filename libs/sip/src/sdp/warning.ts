import { audioFormatsOf } from './audio.js';
import { isPlainAudio } from './offer-answer.js';
import { parseSdp, type SessionDescription } from './session.js';

/** Who warns (RFC 3261 section 20.43: a pseudonym, so that no address is told). */
const AGENT = 'callwright';

/** Value of Warning for an offer that is refused with 488: what is wrong with it, so that whoever looks for the fault finds it. */
export function offerWarning(offer: Uint8Array): string {
  const [code, text] = reasonOf(offer);
  return `${code} ${AGENT} "${text}"`;
}

function reasonOf(offer: Uint8Array): readonly [number, string] {
  let sdp: SessionDescription;
  try {
    sdp = parseSdp(offer);
  } catch {
    return [399, 'The session description cannot be read'];
  }
  const audio = sdp.media.filter(({ kind, port }) => kind === 'audio' && port > 0);
  if (audio.length === 0) return [304, 'Media type not available: only audio is'];
  const plain = audio.filter(isPlainAudio);
  if (plain.length === 0)
    return [302, `Incompatible transport protocol: ${printable(audio[0]!.proto)} is not spoken, RTP/AVP is`];
  if (plain.every((media) => audioFormatsOf(media).length === 0))
    return [305, 'Incompatible media format: PCMU and PCMA are spoken'];
  return [301, 'Incompatible network address: media cannot be sent there'];
}

/** A quoted string holds it. */
const printable = (text: string) => text.replace(/[^A-Za-z0-9/._-]/g, '?').slice(0, 40);
