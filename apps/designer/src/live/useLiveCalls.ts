import { useEffect, useState } from 'react';
import type { CallFilter } from '../api/live.js';
import { LiveCalls } from './liveCalls.js';

/** Follows live calls while the component is drawn. `scenario` null: all. */
export function useLiveCalls(scenario: string | null): LiveCalls {
  const [live] = useState(() => new LiveCalls());
  useEffect(() => {
    const filter: CallFilter = scenario === null ? 'all' : { scenario };
    return live.start(filter);
  }, [live, scenario]);
  return live;
}
