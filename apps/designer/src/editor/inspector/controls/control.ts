import type { Json } from '@callwright/kernel';
import type { FieldSchema } from '../../model/fields.js';

/** What every control gets: a setting and a way to change it. Undefined: not set, the default counts. */
export interface ControlProps {
  readonly title: string;
  readonly description: string | null;
  readonly required?: boolean;
  readonly schema?: FieldSchema;
  readonly value: Json | undefined;
  readonly error: string | null;
  readonly onChange: (value: Json | undefined) => void;
}

/** The default as a placeholder shows it. */
export const placeholderOf = (schema: FieldSchema | undefined): string | undefined => {
  const value = schema?.default ?? schema?.examples?.[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** A value as a text field shows it; what is no text is shown as JSON. */
export const textOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A text that is empty sets nothing, unless something is asked for. */
export const orUnset = (text: string, required: boolean | undefined): string | undefined =>
  text === '' && !required ? undefined : text;
