/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];

/** Languages without a catalogue: their texts are the keys. */
export const SOURCE_LANGUAGE: Language = 'en';

/** How dates and numbers are written where the browser names no country for the language. */
const DEFAULT_LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

const baseOf = (tag: string): string => tag.split('-')[0]!.toLowerCase();

/** The language that was chosen, or the first of the browser's that there is, or English. `browser`: BCP 47 tags, most wanted first. */
export function languageFor(chosen: string | null, browser: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return browser.map(baseOf).find(isLanguage) ?? SOURCE_LANGUAGE;
}

/** The locale for `Intl`: the browser's own for this language (`de-AT`, `en-US`), or the usual one. */
export function localeFor(language: Language, browser: readonly string[]): string {
  return browser.find((tag) => baseOf(tag) === language && tag.includes('-')) ?? DEFAULT_LOCALES[language];
}
