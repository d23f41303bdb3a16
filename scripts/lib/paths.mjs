import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the scripts keep what they remember between two runs; it goes away together with the installed packages. */
export const CACHE = join(ROOT, 'node_modules/.cache/callwright');

/** The program of an installed npm package. */
export const bin = (name) => join(ROOT, 'node_modules/.bin', name);

/** The native TypeScript compiler: it builds all projects in a fifth of the time. ESLint and Nx still need the one that is written in JavaScript. */
export const TSC = join(ROOT, 'node_modules/typescript-7/bin/tsc');
