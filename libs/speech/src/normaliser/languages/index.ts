import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import type { Language } from './language.js';

/** The languages whose numbers, dates and money we read ourselves. A new one is a file and a word here. */
export const LANGUAGES: readonly Language[] = [english, german, french];

const byCode = new Map(LANGUAGES.map((language) => [language.code, language]));

/** The first part of a BCP 47 tag, lower-case: `en` of `en-GB`. */
export const primaryLanguage = (tag: string): string => (tag.split(/[-_]/, 1)[0] ?? '').toLowerCase();

/** The rules for a tag, or undefined: then an engine reads the numbers as it can. */
export const languageOf = (tag: string): Language | undefined => byCode.get(primaryLanguage(tag));
