import type { Json } from '@callwright/kernel';
import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { queries } from '../api/queries.js';
import type { CallEvent } from '@callwright/runtime';
import type { TestResults } from './scenarioTests.js';
import { TryOut, type CallSetup, type Surroundings, type TryOutState } from './tryOut.js';

/** Everything of a scenario that is tried: the call that runs in the page, and what its tests came to. */
export interface TryIt {
  readonly shown: boolean;
  toggle(): void;
  readonly tryOut: TryOut;
  call(document: ScenarioDocument, setup: CallSetup): Promise<void>;
  surroundings(document: ScenarioDocument): Promise<Surroundings>;
  /** What the tests came to when they were last run; null: they were not. */
  readonly results: TestResults | null;
  setResults(results: TestResults | null): void;
  /** Whether coverage is painted on the drawing. */
  readonly painted: boolean;
  setPainted(painted: boolean): void;
}

export const TryItContext = createContext<TryIt | null>(null);

export function useTryIt(): TryIt {
  const tryIt = useContext(TryItContext);
  if (!tryIt) throw new Error('useTryIt outside of the editor');
  return tryIt;
}

export const useTryOut = <T>(select: (state: TryOutState) => T): T => useStore(useTryIt().tryOut.store, select);

export function useNewTryIt(): TryIt {
  const client = useQueryClient();
  const [shown, setShown] = useState(false);
  const [tryOut] = useState(() => new TryOut());
  const [results, setResults] = useState<TestResults | null>(null);
  const [painted, setPainted] = useState(true);
  useEffect(() => () => tryOut.close(), [tryOut]);
  const toggle = useCallback(() => {
    setShown((before) => !before);
  }, []);
  const surroundings = useCallback((document: ScenarioDocument) => surroundingsOf(client, document), [client]);
  const call = useCallback(
    async (document: ScenarioDocument, setup: CallSetup) => tryOut.call(document, setup, await surroundings(document)),
    [tryOut, surroundings],
  );
  return useMemo(
    () => ({ shown, toggle, tryOut, call, surroundings, results, setResults, painted, setPainted }),
    [shown, toggle, tryOut, call, surroundings, results, painted],
  );
}

/** The schedules of the workspace, and every scenario that this one can come to run: published ones as published, others as drawn. */
async function surroundingsOf(client: QueryClient, document: ScenarioDocument): Promise<Surroundings> {
  const [schedules, items] = await Promise.all([
    client.fetchQuery(queries.schedules()),
    client.fetchQuery(queries.scenarios()),
  ]);
  const scenarios = new Map<string, ScenarioDocument>();
  const wanted = [...subflowsOf(document)];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const item = items.find(({ documentId }) => documentId === name);
    if (!item || scenarios.has(name)) continue;
    const { document: other } =
      item.latestVersion === null
        ? await client.fetchQuery(queries.scenario(item.id))
        : await client.fetchQuery(queries.versionOf(item.id, item.latestVersion));
    scenarios.set(name, other);
    wanted.push(...subflowsOf(other));
  }
  const byName = Object.fromEntries(schedules.map(({ name, schedule }) => [name, schedule as Json]));
  return { scenarios, schedules: byName };
}

const subflowsOf = (document: ScenarioDocument): readonly string[] =>
  [...nodesOf(document).values()].flatMap(({ input }) =>
    typeof input['scenario'] === 'string' ? [input['scenario']] : [],
  );

/** The outputs of the nodes so far: `steps` of the call. */
export function outputsOf(events: readonly CallEvent[]): ReadonlyMap<string, Json> {
  return new Map(events.flatMap((event) => (event.name === 'node.left' ? [[event.node, event.output] as const] : [])));
}
