import type { Json } from '@callwright/kernel';
import { useState } from 'react';

export interface Row<Value> {
  readonly key: string;
  readonly value: Value;
}

/**
 * A list of rows for an object: a key that is half written, or twice there, has no place in an object yet, so the rows live here and
 * the object gets those that have a key. Follows when the object is changed elsewhere.
 */
export function useRows<Value extends Json>(
  object: Json | undefined,
  onChange: (object: { readonly [key: string]: Value } | undefined) => void,
) {
  const [known, setKnown] = useState(object);
  const [rows, setRows] = useState<readonly Row<Value>[]>(() => rowsOf<Value>(object));
  if (known !== object) {
    setKnown(object);
    if (JSON.stringify(objectOf(rows)) !== JSON.stringify(object ?? {})) setRows(rowsOf<Value>(object));
  }
  const change = (next: readonly Row<Value>[]) => {
    setRows(next);
    const result = objectOf(next);
    onChange(Object.keys(result).length === 0 ? undefined : result);
  };
  return {
    rows,
    add: (row: Row<Value>) => change([...rows, row]),
    replace: (at: number, row: Row<Value>) => change(rows.map((old, index) => (index === at ? row : old))),
    remove: (at: number) => change(rows.filter((_, index) => index !== at)),
  };
}

const rowsOf = <Value extends Json>(object: Json | undefined): Row<Value>[] =>
  typeof object === 'object' && object !== null && !Array.isArray(object)
    ? Object.entries(object).map(([key, value]) => ({ key, value: value as Value }))
    : [];

const objectOf = <Value extends Json>(rows: readonly Row<Value>[]): { readonly [key: string]: Value } =>
  Object.fromEntries(rows.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
