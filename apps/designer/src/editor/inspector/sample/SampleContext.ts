import { createContext, useContext } from 'react';
import type { Sample } from '../../model/sample.js';

/** What expressions are tried on, and in which node they stand. */
export interface Trial {
  readonly sample: Sample;
  readonly node: string | null;
}

export const TrialContext = createContext<Trial | null>(null);

export function useTrial(): Trial {
  const trial = useContext(TrialContext);
  if (!trial) throw new Error('useTrial outside of the inspector');
  return trial;
}
