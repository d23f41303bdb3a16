import { Group, Input, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { durationUnits, unitFor, type DurationUnit } from '../../model/duration.js';
import type { ControlProps } from './control.js';

/** A time in the unit that people say; stored in ms. */
export function DurationControl({ title, description, required, schema, value, error, onChange }: ControlProps) {
  const { t } = useTranslation();
  const fallback = typeof schema?.default === 'number' ? schema.default : undefined;
  const [unit, setUnit] = useState<DurationUnit>(() => unitFor(typeof value === 'number' ? value : (fallback ?? 1000)));
  if (typeof value === 'string') {
    return (
      <TextInput
        label={title}
        description={description}
        withAsterisk={required}
        error={error}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  const size = durationUnits[unit];
  return (
    <Input.Wrapper label={title} description={description} withAsterisk={required} error={error}>
      <Group gap={6} mt={4} wrap="nowrap">
        <NumberInput
          aria-label={title}
          value={typeof value === 'number' ? value / size : ''}
          placeholder={fallback === undefined ? undefined : String(fallback / size)}
          min={0}
          clampBehavior="none"
          error={error !== null}
          onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * size) : undefined)}
          flex={1}
        />
        <Select
          aria-label={t('Unit of {{title}}', { title })}
          data={Object.keys(durationUnits)}
          value={unit}
          allowDeselect={false}
          w={84}
          onChange={(next) => setUnit((next ?? 's') as DurationUnit)}
        />
      </Group>
    </Input.Wrapper>
  );
}
