import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../../../api/client.js';
import type { Call, CallSummary, LoggedEvent, Page } from '../../../api/types.js';
import { useDraft } from '../../EditorContext.js';
import { madeUpSample, sampleOfCall, type Sample } from '../../model/sample.js';

/** The last call of this scenario, when there was one; else one that could have been. */
export function useSample(scenarioId: string): Sample {
  const document = useDraft((draft) => draft.document);
  const { data: last } = useQuery({
    queryKey: ['calls', 'last-of', scenarioId],
    queryFn: async ({ signal }) => {
      const { items } = await get<Page<CallSummary>>(`/calls?scenarioId=${scenarioId}&limit=1`, signal);
      const [newest] = items;
      if (!newest) return null;
      const [call, { items: events }] = await Promise.all([
        get<Call>(`/calls/${newest.id}`, signal),
        get<Page<LoggedEvent>>(`/calls/${newest.id}/events?limit=200`, signal),
      ]);
      return { call, events };
    },
    staleTime: 30_000,
  });
  return useMemo(
    () => (last ? sampleOfCall(document, last.call, last.events) : madeUpSample(document, new Date().toISOString())),
    [last, document],
  );
}
