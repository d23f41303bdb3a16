import type { LoggedEvent } from '../api/types.js';
import type { EventWords } from './describeEvent.js';

const PAGE_TONES = { good: 'fax', poor: 'problem' } as const;
/** Reliability D4: a page with fewer good rows than this is asked for again. */
const GOOD_QUALITY = 0.95;
const WELL_ENDED = new Set(['sent', 'received', 'aborted']);

const TONES: Readonly<Record<string, string>> = {
  cng: 'A fax machine calls',
  ced: 'A fax machine answered',
  t38: 'The far end asks for T.38',
};

/** What happened to a fax, in words for a person; null: it is about something else. */
export function describeFaxEvent(event: LoggedEvent): EventWords | null {
  const field = (name: string): string => {
    const value = event[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (event.name) {
    case 'fax.detected':
      return { tone: 'fax', title: TONES[field('tone')] ?? 'Fax', detail: field('leg') };
    case 'fax.started':
      return {
        tone: 'fax',
        title: event['direction'] === 'send' ? 'Sends a fax' : 'Receives a fax',
        detail: field('document'),
      };
    case 'fax.signal':
      return {
        tone: 'fax',
        title: `${event['from'] === 'us' ? '→' : '←'} ${field('signal')}`,
        detail: field('meaning'),
      };
    case 'fax.negotiated':
      return {
        tone: 'fax',
        title: `Agreed on ${field('bitRate')} bit/s over ${field('standard')}`,
        detail: [
          field('compression'),
          `${field('resolution')} dpi`,
          event['ecm'] === true ? 'error correction' : 'no error correction',
          field('remoteIdent'),
        ]
          .filter((part) => part !== '')
          .join(', '),
      };
    case 'fax.page-sent':
    case 'fax.page-received':
      return describePage(event, field);
    case 'fax.ended': {
      const pages = event['totalPages'] === null ? field('pages') : `${field('pages')} of ${field('totalPages')}`;
      return {
        tone: WELL_ENDED.has(field('outcome')) ? 'fax' : 'problem',
        title: `Fax ${field('outcome')}, pages: ${pages}`,
        detail: `${field('explanation')} ${field('advice')}`.trim(),
      };
    }
    default:
      return null;
  }
}

function describePage(event: LoggedEvent, field: (name: string) => string): EventWords {
  const quality = Number(event['quality']);
  const of = event['of'] === null ? '' : ` of ${field('of')}`;
  const retries = Number(event['retries']);
  return {
    tone: PAGE_TONES[quality < GOOD_QUALITY ? 'poor' : 'good'],
    title: `Page ${field('page')}${of} ${event.name === 'fax.page-sent' ? 'sent' : 'received'}`,
    detail: [
      `${field('bitRate')} bit/s`,
      quality < 1 ? `${Math.round(quality * 100)} % good rows` : '',
      retries > 0 ? `sent again: ${retries}` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
}
