import { NumberInput, TextInput } from '@mantine/core';
import { placeholderOf, type ControlProps } from './control.js';

export function NumberControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  const shared = { label: title, description, withAsterisk: required, error, placeholder: placeholderOf(schema) };
  // A number may also come from an expression.
  if (typeof value === 'string')
    return (
      <TextInput {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
    );
  return (
    <NumberInput
      {...shared}
      value={typeof value === 'number' ? value : ''}
      min={schema?.minimum}
      max={schema?.maximum}
      clampBehavior="none"
      allowDecimal={schema?.type !== 'integer'}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}
