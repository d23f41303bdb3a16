import { useQuery } from '@tanstack/react-query';
import type { ScenarioDocument } from '@callwright/scenario';
import { queries } from '../api/queries.js';
import { withPlaces } from '../editor/model/layout.js';

/** The document of a version with a place for every node; version 0 or null: the draft as it is now. Undefined until it is there. */
export function useDrawnVersion(scenarioId: string | null, version: number | null): ScenarioDocument | undefined {
  const published = version !== null && version > 0;
  const stored = useQuery({
    ...queries.versionOf(scenarioId ?? '', version ?? 0),
    enabled: scenarioId !== null && published,
  });
  const draft = useQuery({ ...queries.scenario(scenarioId ?? ''), enabled: scenarioId !== null && !published });
  const document = published ? stored.data?.document : draft.data?.document;
  const { data } = useQuery({
    queryKey: ['arranged', scenarioId, version, published ? null : draft.data?.revision],
    queryFn: () => withPlaces(document!),
    enabled: document !== undefined,
  });
  return data;
}
