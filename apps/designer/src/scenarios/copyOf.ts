import { idFrom, metaOf, type ScenarioDocument } from '@callwright/scenario';

/** What is posted to make a second scenario of one: another name, and an id that nobody has. */
export function copyOf(
  { name, document }: { readonly name: string; readonly document: ScenarioDocument },
  now: number = Date.now(),
) {
  const copy = `${name} (copy)`;
  const id = `${idFrom(copy).slice(0, 54)}-${now.toString(36)}`;
  return { name: copy, document: { ...document, id, meta: { ...metaOf(document), name: copy } } };
}
