import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import english from './en.json' with { type: 'json' };

/**
 * The English text is the key, so English needs no catalogue but the singulars (`en.json`): `t('{{count}} calls', { count })`.
 * English is there at once, without a request and without waiting; another language is added when it is chosen (`language.ts`).
 */
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: false,
  initAsync: false,
  resources: { en: { translation: english } },
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
});

/**
 * For texts that are made outside a component. A component uses `useTranslation()`, so that it is drawn again in another language.
 * Called where the text is made, never when a module is loaded: the language may not be known by then.
 */
export const t: TFunction = i18next.t.bind(i18next);

/** Marks a text of a constant, to be said later with `t(text)`: `{ label: msg('Light') }`. */
export const msg = (text: string): string => text;

export { i18next };
