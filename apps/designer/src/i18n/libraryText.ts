import { useTranslation } from 'react-i18next';
import { i18next } from './i18n.js';

/**
 * A text that the page got from a library (a node type's title, a field's description), in the language in force. Taken as it is:
 * a description that shows `{{ }}` is not filled in. English, or a text that nobody has translated: the text itself.
 */
export function libraryText(text: string): string {
  const found: unknown = i18next.getResource(i18next.language, 'translation', text);
  return typeof found === 'string' ? found : text;
}

/** `libraryText` for a component: it is drawn again in another language. */
export function useLibraryText(): (text: string) => string {
  useTranslation();
  return libraryText;
}
