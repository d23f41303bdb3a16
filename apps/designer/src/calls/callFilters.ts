import type { Filters as AddressFilters } from '../ui/useAddressFilters.js';
import { sinceOf } from './periods.js';

/** What a search asks for, as it stands in the address of the page. */
export const FILTERS = ['q', 'scenarioId', 'node', 'outcome', 'variable', 'result', 'period', 'from', 'to'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = AddressFilters<FilterName>;

/** The states of calls that go on, which a person searches for as one. */
export const GOING_ON = 'going-on';

/** The same as the API takes it. */
export function toQuery({ result, period, variable, ...same }: Filters, now: number): Readonly<Record<string, string>> {
  const since = sinceOf(period ?? null, now);
  return {
    ...same,
    // A name without a value is still being typed.
    ...(variable !== undefined && variable.indexOf('=') > 0 ? { variable } : {}),
    ...(result === undefined ? {} : result === GOING_ON ? { state: 'answered' } : { cause: result }),
    ...(since === null ? {} : { since }),
  };
}
