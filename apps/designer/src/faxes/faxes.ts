import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/client.js';
import type { Page, Stored } from '../api/types.js';

export const FAX_STATES = [
  'queued',
  'dialing',
  'sending',
  'receiving',
  'sent',
  'received',
  'failed',
  'cancelled',
] as const;
export type FaxState = (typeof FAX_STATES)[number];

export interface FaxAttempt {
  readonly at: string;
  readonly callId: string;
  readonly outcome: string;
  readonly cause: string;
  readonly explanation: string;
  readonly advice: string;
  readonly pages: number;
  readonly standard: string | null;
}

export interface Fax extends Stored {
  readonly direction: 'outbound' | 'inbound';
  readonly state: FaxState;
  readonly to: string;
  readonly from: string | null;
  readonly document: string;
  readonly attempts: readonly FaxAttempt[];
  readonly nextAttemptAt: string | null;
  readonly giveUpAt: string | null;
  readonly schedule: string | null;
  readonly pages: number;
  readonly totalPages: number | null;
  readonly inDoubtPage: number | null;
  readonly explanation: string | null;
  readonly advice: string | null;
  readonly callId: string | null;
  readonly endedAt: string | null;
}

/** Something may still happen to it. */
export const isUnderWay = ({ endedAt }: Fax): boolean => endedAt === null;

export const faxQueries = {
  list: (filters: Readonly<Record<string, string>>, cursor: string | null) =>
    queryOptions({
      queryKey: ['faxes', 'list', filters, cursor],
      queryFn: ({ signal }) => {
        const query = new URLSearchParams({ limit: '50', ...filters, ...(cursor === null ? {} : { cursor }) });
        return get<Page<Fax>>(`/faxes?${query}`, signal);
      },
    }),
  one: (id: string) =>
    queryOptions({ queryKey: ['faxes', id], queryFn: ({ signal }) => get<Fax>(`/faxes/${id}`, signal) }),
};
