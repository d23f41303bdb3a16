import { useQuery } from '@tanstack/react-query';
import type { ScenarioDocument } from '@callwright/scenario';
import { queries } from '../api/queries.js';
import { withPlaces } from '../editor/model/layout.js';

/** The document of a version; version 0 or null: the draft as it is now. Undefined until it is there. */
export function useVersion(scenarioId: string | null, version: number | null): ScenarioDocument | undefined {
  return useStored(scenarioId, version).document;
}

/** The same with a place for every node. */
export function useDrawnVersion(scenarioId: string | null, version: number | null): ScenarioDocument | undefined {
  const { document, revision } = useStored(scenarioId, version);
  const { data } = useQuery({
    queryKey: ['arranged', scenarioId, version, revision],
    queryFn: () => withPlaces(document!),
    enabled: document !== undefined,
  });
  return data;
}

function useStored(scenarioId: string | null, version: number | null) {
  const published = version !== null && version > 0;
  const stored = useQuery({
    ...queries.versionOf(scenarioId ?? '', version ?? 0),
    enabled: scenarioId !== null && published,
  });
  const draft = useQuery({ ...queries.scenario(scenarioId ?? ''), enabled: scenarioId !== null && !published });
  return {
    document: published ? stored.data?.document : draft.data?.document,
    revision: published ? null : draft.data?.revision,
  };
}
