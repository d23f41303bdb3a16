import { TagsInput } from '@mantine/core';
import type { ControlProps } from './control.js';

/** A list of short texts. */
export function TagsControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  const fallback = Array.isArray(schema?.default) ? schema.default.map(String) : [];
  const choices = schema?.items?.enum?.map(String);
  return (
    <TagsInput
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      data={choices}
      value={Array.isArray(value) ? value.map(String) : fallback}
      onChange={(next) => onChange(next)}
      clearable
    />
  );
}
