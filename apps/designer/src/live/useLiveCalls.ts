import { useEffect, useState } from 'react';
import { LiveCalls } from './liveCalls.js';

/** Looks at live calls while the component is drawn. `scenario` null: all. */
export function useLiveCalls(scenario: string | null): LiveCalls {
  const [live] = useState(() => new LiveCalls());
  useEffect(() => live.start(scenario), [live, scenario]);
  return live;
}
