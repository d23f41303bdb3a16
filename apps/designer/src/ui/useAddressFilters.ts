import { useSearchParams } from 'react-router';

export type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** Those of the names that the address of a page has. */
export const filtersIn = <Name extends string>(names: readonly Name[], address: URLSearchParams) =>
  Object.fromEntries(names.flatMap((name) => (address.get(name) ? [[name, address.get(name)!]] : []))) as Filters<Name>;

/** What a list is searched by, in the address of the page, so that it can be sent to somebody. Null and '' take a filter away. */
export function useAddressFilters<Name extends string>(names: readonly Name[]) {
  const [address, setAddress] = useSearchParams();
  const setFilter = (name: Name, value: string | null) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { filters: filtersIn(names, address), setFilter };
}
