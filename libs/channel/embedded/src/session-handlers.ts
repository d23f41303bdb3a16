import type { EndedBy, CallCause } from '@callwright/channel-contract';
import { decodeUtf8, encodeUtf8 } from '@callwright/sip';
import type { EmbeddedLeg } from './embedded-leg.js';
import { digitOfInfo } from './info-digits.js';
import type { LegMedia } from './leg-media.js';
import type { Session, SessionEnd, SessionHandlers } from './sip/session.js';

/** What happens in a session, told to its leg. */
export function sessionHandlers(leg: EmbeddedLeg, media: LegMedia): SessionHandlers {
  return {
    media,
    info: (contentType, body) => {
      const digit = digitOfInfo(contentType, body);
      if (digit) leg.foreignDigit(digit.digit, 'info', digit.durationMs);
      return digit !== undefined;
    },
    message: (contentType, body) => {
      if (!/^\s*text\//i.test(contentType)) return false;
      leg.messageCame(contentType, decodeUtf8(body));
      return true;
    },
    ended: (why) => void leg.end(...endOf(why, leg)),
  };
}

function endOf(why: SessionEnd, leg: EmbeddedLeg): [CallCause, EndedBy] {
  switch (why) {
    case 'bye':
      return ['normal', leg.name === 'caller' ? 'caller' : 'agent'];
    case 'hung-up':
      return ['normal', 'system'];
    case 'lost':
    case 'no-ack':
    case 'expired':
      return ['unreachable', 'system'];
    case 'bad-media':
      return ['failed', 'system'];
  }
}

export const sendText = async (session: Session, text: string): Promise<boolean> =>
  (await session.tell('MESSAGE', 'text/plain;charset=UTF-8', encodeUtf8(text))) < 300;
