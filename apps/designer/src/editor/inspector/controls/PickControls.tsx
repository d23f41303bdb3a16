import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../../api/queries.js';
import { orUnset, textOf, type ControlProps } from './control.js';

/** A stored thing by its name; a name that does not exist yet may be written as well. */
export function Pick({
  names,
  placeholder,
  title,
  description,
  required,
  value,
  error,
  onChange,
}: ControlProps & { names: readonly string[]; placeholder: string }) {
  return (
    <Autocomplete
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      placeholder={placeholder}
      data={[...new Set(names)]}
      value={textOf(value)}
      onChange={(text) => onChange(orUnset(text, required))}
    />
  );
}

const namesOf = (items: readonly { readonly name: string }[] | undefined) => (items ?? []).map(({ name }) => name);

export function MediaControl(props: ControlProps) {
  return <Pick {...props} names={namesOf(useQuery(queries.media()).data)} placeholder="welcome.wav" />;
}

export function SecretControl(props: ControlProps) {
  return <Pick {...props} names={namesOf(useQuery(queries.secrets()).data)} placeholder="Name of a secret" />;
}

/** Another scenario, by the id of its document. */
export function ScenarioControl(props: ControlProps) {
  const scenarios = useQuery(queries.scenarios());
  return (
    <Pick {...props} names={(scenarios.data ?? []).map(({ documentId }) => documentId)} placeholder="front-desk" />
  );
}
