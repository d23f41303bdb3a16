import type { z } from 'zod';
import { useTranslation } from 'react-i18next';
import { i18next } from './i18n.js';
import { isLanguage, languageFor, localeFor, SOURCE_LANGUAGE, type Language } from './languages.js';

const KEY = 'callwright-language';

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that forbids storage: the choice lives as long as the page.
    return null;
  }
}

/** What a schema says of its own accord (“Too small: …”), for the languages that have been spoken; English is zod's own. */
const schemaMessages = new Map<Language, z.core.$ZodErrorMap>();
export const schemaMessage: z.core.$ZodErrorMap = (issue) => schemaMessages.get(i18next.language as Language)?.(issue);

const browserLanguages = (): readonly string[] => (typeof navigator === 'undefined' ? [] : navigator.languages);

/** Before the first drawing: the language that was chosen last, or the browser's. */
export const startLanguage = (): Promise<void> => speak(languageFor(stored(), browserLanguages()));

/** Chosen by the person; null: as the browser. */
export async function chooseLanguage(language: Language | null): Promise<void> {
  try {
    if (language === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, language);
  } catch {
    // See `stored`.
  }
  await speak(languageFor(language, browserLanguages()));
}

/** The language in force, and the one that was chosen; null: as the browser. */
export function useLanguage(): { readonly language: Language; readonly chosen: Language | null } {
  const { i18n } = useTranslation();
  const chosen = stored();
  return { language: i18n.language as Language, chosen: isLanguage(chosen) ? chosen : null };
}

async function speak(language: Language): Promise<void> {
  if (language !== SOURCE_LANGUAGE && !i18next.hasResourceBundle(language, 'translation')) {
    const { german, germanSchemaMessages } = await import('./de/index.js');
    i18next.addResourceBundle(language, 'translation', german);
    schemaMessages.set(language, germanSchemaMessages);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The locale for `Intl` in the language in force. */
export const currentLocale = (): string => localeFor(i18next.language as Language, browserLanguages());
