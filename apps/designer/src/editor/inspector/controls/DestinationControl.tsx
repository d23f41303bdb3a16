import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../../api/queries.js';
import { orUnset, textOf, type ControlProps } from './control.js';
import { InsertValue } from './InsertValue.js';

/** Who is called: a phone, a number, a trunk, a SIP address or another scenario. */
export function DestinationControl({ title, description, required, value, error, onChange }: ControlProps) {
  const phones = useQuery(queries.phones());
  const trunks = useQuery(queries.trunks());
  return (
    <Autocomplete
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      placeholder="phone:sales, +37060000000, sip:…"
      data={[
        { group: 'Phones', items: (phones.data ?? []).map(({ username }) => `phone:${username}`) },
        { group: 'Trunks', items: (trunks.data ?? []).map(({ name }) => `trunk:${name}/`) },
      ].filter(({ items }) => items.length > 0)}
      value={textOf(value)}
      onChange={(text) => onChange(orUnset(text, required))}
      rightSection={<InsertValue label={title} onInsert={(text) => onChange(`${textOf(value)}${text}`)} />}
    />
  );
}
