import { catalogue } from '@callwright/nodes';
import { FINDINGS } from '@callwright/scenario';
import { fieldsOf, type FieldSchema } from '../../editor/model/fields.js';
import { outputsOf } from '../../editor/model/sample.js';

/**
 * Every text that the page takes from the libraries and says in its own language (`libraryText`): titles and summaries of the node
 * types, titles, descriptions and choices of their fields, what each value of their outputs is, and what each finding means.
 */
export function libraryTexts(): string[] {
  const texts = new Set<string>();
  const add = (text: string | undefined) => text !== undefined && text !== '' && texts.add(text);
  const walk = (schema: FieldSchema): void => {
    add(schema.title);
    add(schema.description);
    for (const inner of schema.anyOf ?? []) walk(inner);
    for (const inner of Object.values(schema.properties ?? {})) walk(inner);
    if (schema.items) walk(schema.items);
    if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties);
  };
  for (const { type, title, summary } of catalogue) {
    add(title);
    add(summary);
    for (const { description } of outputsOf(type)) add(description);
    for (const field of fieldsOf(type)) {
      add(field.title);
      walk(field.schema);
    }
  }
  for (const [, meaning] of Object.values(FINDINGS)) add(meaning);
  return [...texts];
}
