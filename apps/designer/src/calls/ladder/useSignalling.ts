import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../../api/queries.js';
import { ladderOf } from './ladder.js';

/** After the end of a call something may still be repeated (RFC 3261, 64 × T1). */
const LATE_MS = 40_000;

/** The SIP messages of a call as a ladder, which grows while the call runs. */
export function useSignalling(callId: string, live: boolean) {
  const query = useQuery({
    ...queries.signalling(callId),
    refetchInterval: ({ state: { data } }) => {
      if (live) return 2000;
      const last = data?.at(-1);
      return last && Date.now() - Date.parse(last.at) < LATE_MS ? 5000 : false;
    },
  });
  const ladder = useMemo(() => ladderOf(query.data ?? []), [query.data]);
  return { ladder, error: query.error, pending: query.isPending };
}
