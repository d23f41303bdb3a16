import type { SipMessage } from '../../api/types.js';

/** A message of a call's signalling, as far as a ladder shows it. */
export interface Rung {
  readonly index: number;
  readonly at: number;
  /** Time since the message before it, in ms; null: it is the first one. */
  readonly sinceLast: number | null;
  readonly direction: SipMessage['direction'];
  /** Key of the far end. */
  readonly end: string;
  /** `INVITE`, `re-INVITE`, `180 Ringing`. */
  readonly title: string;
  /** The method that a response answers. */
  readonly answers: string | null;
  /** What its session description says, or null. */
  readonly media: string | null;
  readonly tone: 'request' | 'provisional' | 'success' | 'challenge' | 'refusal';
  /** The same message went before: a retransmission. */
  readonly again: boolean;
  readonly message: SipMessage;
}

export interface FarEnd {
  readonly key: string;
  readonly leg: string;
  readonly remote: string;
}

export interface Ladder {
  /** Whoever spoke first stands left of us, everybody else right of us. */
  readonly ends: readonly FarEnd[];
  readonly rungs: readonly Rung[];
}

const keyOf = ({ leg, remote }: SipMessage): string => `${leg} ${remote}`;

export function ladderOf(messages: readonly SipMessage[]): Ladder {
  const ends = new Map<string, FarEnd>();
  const seen = new Set<string>();
  const rungs = messages.map((message, index): Rung => {
    const end = keyOf(message);
    ends.set(end, ends.get(end) ?? { key: end, leg: message.leg, remote: message.remote });
    const same = `${message.direction} ${end} ${message.text}`;
    const again = seen.has(same);
    seen.add(same);
    const at = Date.parse(message.at);
    const before = messages[index - 1];
    const sinceLast = before ? at - Date.parse(before.at) : null;
    return { index, at, sinceLast, direction: message.direction, end, again, message, ...wordsOf(message.text) };
  });
  return { ends: [...ends.values()], rungs };
}

const field = (text: string, names: string): string =>
  new RegExp(`^(?:${names})[ \\t]*:[ \\t]*([^\\r\\n]*)`, 'im').exec(text)?.[1] ?? '';

function wordsOf(text: string): Pick<Rung, 'title' | 'answers' | 'tone' | 'media'> {
  const start = text.split(/\r?\n/, 1)[0] ?? '';
  const media = mediaOf(text);
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(start);
  if (!response) {
    const method = start.split(' ', 1)[0] ?? '';
    // Within a dialog both sides have said their tags (RFC 3261 section 12).
    const within = method === 'INVITE' && field(text, 'To|t').includes('tag=');
    return { title: within ? `re-${method}` : method, answers: null, tone: 'request', media };
  }
  const [, code = '', reason = ''] = response;
  const answers = field(text, 'CSeq').split(/\s+/)[1] ?? null;
  return { title: `${code} ${reason}`.trim(), answers, tone: toneOf(Number(code)), media };
}

function toneOf(status: number): Rung['tone'] {
  if (status < 200) return 'provisional';
  if (status < 300) return 'success';
  // Asked for credentials, or given up by whoever called: nothing went wrong.
  return [401, 407, 487].includes(status) ? 'challenge' : 'refusal';
}

/** RFC 3551: the payload types that need no `a=rtpmap`. */
const STATIC_CODECS: Readonly<Record<string, string>> = { '0': 'PCMU', '8': 'PCMA', '9': 'G722', '18': 'G729' };

/** `PCMA, telephone-event · 192.0.2.1:10002 · sendonly` */
function mediaOf(text: string): string | null {
  const line = /^m=(\w+) (\d+) \S+ ?([^\r\n]*)/m.exec(text);
  if (!line) return null;
  const [, kind = '', port = '', formats = ''] = line;
  const named = new Map([...text.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)/gm)].map(([, type, name]) => [type, name]));
  const codecs = formats
    .split(/\s+/)
    .map((type) => named.get(type) ?? STATIC_CODECS[type] ?? type)
    .filter((name) => name !== '');
  const address = /^c=IN IP[46] (\S+)/m.exec(text)?.[1];
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(text)?.[1];
  const place = address === undefined ? port : `${address}:${port}`;
  return [kind === 'audio' ? codecs.join(', ') : `${kind} ${codecs.join(', ')}`, place, direction ?? '']
    .filter((part) => part !== '')
    .join(' · ');
}
