import { Select } from '@mantine/core';
import type { ControlProps } from './control.js';

export function ChoiceControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  const choices = (schema?.enum ?? []).map(String);
  const fallback = schema?.default === undefined ? null : String(schema.default);
  return (
    <Select
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      data={choices}
      value={typeof value === 'string' ? value : fallback}
      allowDeselect={false}
      clearable={fallback === null && !required}
      onChange={(next) => onChange(next === null || next === fallback ? undefined : next)}
    />
  );
}
