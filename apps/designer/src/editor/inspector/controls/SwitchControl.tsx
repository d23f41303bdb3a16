import { Switch } from '@mantine/core';
import type { ControlProps } from './control.js';

export function SwitchControl({ title, description, schema, value, error, onChange }: ControlProps) {
  const fallback = schema?.default === true;
  const checked = typeof value === 'boolean' ? value : fallback;
  return (
    <Switch
      label={title}
      description={description}
      error={error}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked === fallback ? undefined : event.currentTarget.checked)}
    />
  );
}
