import { catalogue } from '@callwright/nodes';

/**
 * Node types whose title, type or summary hold every word of the query; those whose title begins with it come first. `said`: how the page
 * says a title in its language; both languages are searched.
 */
export function searchCatalogue(query: string, said: (text: string) => string = (text) => text) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return catalogue;
  const rank = (title: string) => {
    const texts = [title, said(title)].map((text) => text.toLowerCase());
    return texts.some((text) => text.startsWith(words[0]!))
      ? 0
      : texts.some((text) => text.includes(words[0]!))
        ? 1
        : 2;
  };
  return catalogue
    .filter(({ title, type, summary }) => {
      const text = [title, said(title), type, summary, said(summary)].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rank(a.title) - rank(b.title));
}
