import { JsonInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf, type ControlProps } from './control.js';

const parse = (text: string) => {
  try {
    return { value: JSON.parse(text) as NonNullable<ControlProps['value']> };
  } catch {
    return null;
  }
};

const shown = (value: ControlProps['value']) =>
  value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value, null, 2) : textOf(value);

/** Anything: JSON where it is JSON, text where it is not. */
export function JsonControl({ title, description, required, value, error, onChange }: ControlProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => shown(value));
  const [known, setKnown] = useState(value);
  // Changed elsewhere (undo): the field follows.
  if (known !== value) {
    setKnown(value);
    setText(shown(value));
  }
  const change = (next: string) => {
    setText(next);
    const result = next === '' && !required ? undefined : (parse(next)?.value ?? next);
    setKnown(result);
    onChange(result);
  };
  return (
    <JsonInput
      label={title}
      description={description ?? t('JSON, or plain text.')}
      withAsterisk={required}
      error={error}
      value={text}
      onChange={change}
      autosize
      minRows={2}
      maxRows={14}
      classNames={{ input: 'mono' }}
    />
  );
}
