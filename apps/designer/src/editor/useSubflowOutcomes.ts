import { nodesOf, outcomesOfScenario, type ScenarioDocument } from '@callwright/scenario';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/queries.js';
import type { SubflowOutcomes } from './model/flow.js';

/** What the scenarios that this one runs as subflows may answer. Their newest published version counts, else their draft. */
export function useSubflowOutcomes(document: ScenarioDocument): SubflowOutcomes {
  const names = [...nodesOf(document).values()].flatMap(({ type, input }) =>
    type === 'subflow' && typeof input['scenario'] === 'string' ? [input['scenario']] : [],
  );
  const scenarios = useQuery({ ...queries.scenarios(), enabled: names.length > 0 });
  const used = (scenarios.data ?? []).filter(({ documentId }) => names.includes(documentId));
  const outcomes = useQueries({
    queries: used.map(({ id, latestVersion }) => ({
      ...(latestVersion === null ? queries.scenario(id) : queries.versionOf(id, latestVersion)),
      select: ({ document: other }: { readonly document: ScenarioDocument }) => ({
        id: other.id,
        outcomes: outcomesOfScenario(other),
      }),
    })),
    combine: (results) => JSON.stringify(results.flatMap(({ data }) => (data ? [[data.id, data.outcomes]] : []))),
  });
  return useMemo(() => {
    const known = new Map(JSON.parse(outcomes) as [string, readonly string[]][]);
    return (scenario) => known.get(scenario) ?? null;
  }, [outcomes]);
}
