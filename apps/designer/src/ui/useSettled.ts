import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';

/** What a search asks for once nobody types any more; equal texts are one and the same object. */
export function useSettled(asked: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [text] = useDebouncedValue(JSON.stringify(asked), 250);
  return useMemo(() => JSON.parse(text) as Readonly<Record<string, string>>, [text]);
}
