import type { Json } from '@callwright/kernel';
import type { FieldSchema } from '../../model/fields.js';

/** What is wrong within a setting, by the path in it: `''` is the setting itself, `0.say` the text of a prompt's first part. */
export type FieldErrors = Readonly<Record<string, string>>;
export const NO_ERRORS: FieldErrors = {};

/** What every control gets: a setting and a way to change it. Undefined: not set, the default counts. */
export interface ControlProps {
  readonly title: string;
  readonly description: string | null;
  readonly required?: boolean;
  readonly schema?: FieldSchema;
  readonly value: Json | undefined;
  /** All of `errors` in one text, for a control that is one field. */
  readonly error: string | null;
  readonly errors: FieldErrors;
  readonly onChange: (value: Json | undefined) => void;
}

/** What a control says under its title: everything that none of its own fields says. */
export function ownError(errors: FieldErrors, shownElsewhere: readonly string[]): string | null {
  const within = (path: string) => shownElsewhere.some((shown) => path === shown || path.startsWith(`${shown}.`));
  const own = Object.entries(errors).filter(([path]) => !within(path));
  return own.map(([, message]) => message).join(' ') || null;
}

/** The errors below a path, by the path from there. */
export function errorsIn(errors: FieldErrors, path: string): FieldErrors {
  const inner = Object.entries(errors).flatMap(([at, message]): [string, string][] =>
    at === path ? [['', message]] : at.startsWith(`${path}.`) ? [[at.slice(path.length + 1), message]] : [],
  );
  return Object.fromEntries(inner);
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
