import { t } from '../i18n/i18n.js';

/** A word of the log in the person's language, from names that `msg` has marked; what has no name is shown as it is. */
export function named(names: Readonly<Record<string, string>>, value: string): string {
  const name = Object.hasOwn(names, value) ? names[value] : undefined;
  return name === undefined ? value : t(name);
}
