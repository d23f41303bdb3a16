import { unsafeArgument } from '../errors.js';

/**
 * What one argument may consist of. FreeSWITCH's event socket ends a message at an empty line and runs what follows, splits arguments at
 * blanks, and expands `${…}` (a function call among them) in the arguments of applications: so no line breaks, no blanks, no `$`. Nothing that people
 * write (texts, names of files and rooms, numbers, headers) ever becomes an argument; what is spoken is audio before it gets here.
 */
const ARGUMENT = /^[A-Za-z0-9_./:@#*+=,|{}-]+$/;

/** The arguments of a command, each of which FreeSWITCH reads as one. Throws `freeswitch.unsafe-argument`. */
export function commandArguments(...values: readonly (string | number)[]): string {
  for (const value of values) if (!ARGUMENT.test(String(value))) throw unsafeArgument(String(value));
  return values.join(' ');
}
