import type { LoggedEvent } from '../api/types.js';
import type { ChannelEvent } from '@callwright/channel-contract';
import { formatPercent } from '../app/format.js';
import { msg, t } from '../i18n/i18n.js';
import type { EventWords } from './describeEvent.js';
import { named } from './named.js';

const PAGE_TONES = { good: 'fax', poor: 'problem' } as const;
/** Reliability D4: a page with fewer good rows than this is asked for again. */
const GOOD_QUALITY = 0.95;
const WELL_ENDED = new Set(['sent', 'received', 'aborted']);

const TONES: Readonly<Record<string, string>> = {
  cng: msg('A fax machine calls'),
  ced: msg('A fax machine answered'),
  t38: msg('The far end asks for T.38'),
};

type FaxOutcome = Extract<ChannelEvent, { name: 'fax.ended' }>['outcome'];

const OUTCOMES: Readonly<Record<FaxOutcome, string>> = {
  sent: msg('sent'),
  received: msg('received'),
  'partly-sent': msg('partly sent'),
  'partly-received': msg('partly received'),
  busy: msg('busy'),
  'no-answer': msg('no answer'),
  'not-fax': msg('no fax machine'),
  'negotiation-failed': msg('found no common way'),
  'line-quality': msg('on a bad line'),
  aborted: msg('stopped'),
  'hung-up': msg('hung up'),
  'bad-options': msg('with wrong options'),
  timeout: msg('took too long'),
  failed: msg('failed'),
};

/** What happened to a fax, in words for a person; null: it is about something else. */
export function describeFaxEvent(event: LoggedEvent): EventWords | null {
  const field = (name: string): string => {
    const value = event[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (event.name) {
    case 'fax.detected':
      return { tone: 'fax', title: t(TONES[field('tone')] ?? 'Fax'), detail: field('leg') };
    case 'fax.started':
      return {
        tone: 'fax',
        title: event['direction'] === 'send' ? t('Sends a fax') : t('Receives a fax'),
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
        title: t('Agreed on {{rate}} bit/s over {{standard}}', { rate: field('bitRate'), standard: field('standard') }),
        detail: [
          field('compression'),
          `${field('resolution')} dpi`,
          event['ecm'] === true ? t('error correction') : t('no error correction'),
          field('remoteIdent'),
        ]
          .filter((part) => part !== '')
          .join(', '),
      };
    case 'fax.page-sent':
    case 'fax.page-received':
      return describePage(event, field);
    case 'fax.ended': {
      const pages =
        event['totalPages'] === null
          ? field('pages')
          : t('{{page}} of {{of}}', { page: field('pages'), of: field('totalPages') });
      return {
        tone: WELL_ENDED.has(field('outcome')) ? 'fax' : 'problem',
        title: t('Fax {{outcome}}, pages: {{pages}}', { outcome: named(OUTCOMES, field('outcome')), pages }),
        detail: `${field('explanation')} ${field('advice')}`.trim(),
      };
    }
    default:
      return null;
  }
}

function describePage(event: LoggedEvent, field: (name: string) => string): EventWords {
  const quality = Number(event['quality']);
  const page = event['of'] === null ? field('page') : t('{{page}} of {{of}}', { page: field('page'), of: field('of') });
  const retries = Number(event['retries']);
  return {
    tone: PAGE_TONES[quality < GOOD_QUALITY ? 'poor' : 'good'],
    title: event.name === 'fax.page-sent' ? t('Page {{page}} sent', { page }) : t('Page {{page}} received', { page }),
    detail: [
      `${field('bitRate')} bit/s`,
      quality < 1 ? t('{{share}} good rows', { share: formatPercent(quality) }) : '',
      retries > 0 ? t('sent again: {{times}}', { times: retries }) : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
}
