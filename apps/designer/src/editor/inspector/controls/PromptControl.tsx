import type { Json } from '@callwright/kernel';
import { Input } from '@mantine/core';
import { ownError, type ControlProps } from './control.js';
import { PromptParts, type PromptPart } from './PromptParts.js';

/** What the caller hears, part after part. */
export function PromptControl({ title, description, required, value, errors, onChange }: ControlProps) {
  const parts = (Array.isArray(value) ? value : []) as readonly PromptPart[];
  return (
    <Input.Wrapper
      label={title}
      description={description}
      withAsterisk={required}
      error={ownError(
        errors,
        parts.map((_, index) => String(index)),
      )}
      labelElement="div"
    >
      <PromptParts
        title={title}
        parts={parts}
        errors={errors}
        onChange={(next) => onChange(next.length === 0 && !required ? undefined : (next as unknown as Json))}
      />
    </Input.Wrapper>
  );
}
