import type { Json } from '@callwright/kernel';
import { useTranslation } from 'react-i18next';
import type { ControlProps } from './control.js';
import { NamedValues } from './NamedValues.js';

/** `3`, `true`, `null`, `[…]` and `{…}` are what they look like; everything else is text. */
export function valueOf(text: string): Json {
  if (!/^\s*(-?\d|true|false|null|[[{"])/.test(text) || text.trim().startsWith('{{')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Names with values of any kind, or `{{ expressions }}`. */
export function AssignControl(props: ControlProps) {
  const { t } = useTranslation();
  return <NamedValues {...props} exampleName={t('name')} addOne={t('Add a value')} sign="=" valueOf={valueOf} />;
}
