import { catalogue } from '@callwright/nodes';

/** Node types whose title, type or summary hold every word of the query; those whose title begins with it come first. */
export function searchCatalogue(query: string) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return catalogue;
  const rank = (title: string) =>
    title.toLowerCase().startsWith(words[0]!) ? 0 : title.toLowerCase().includes(words[0]!) ? 1 : 2;
  return catalogue
    .filter(({ title, type, summary }) =>
      words.every((word) => `${title} ${type} ${summary}`.toLowerCase().includes(word)),
    )
    .toSorted((a, b) => rank(a.title) - rank(b.title));
}
