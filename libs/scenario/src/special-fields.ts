import type { NodeType } from './catalogue.js';
import type { Path } from './finding.js';
import { z } from 'zod';

/** How a text field differs from the others: it is an expression without braces, or braces mean nothing in it. */
export type SpecialField = 'expression' | 'plain';
/** Says whether the field at a path is special. */
export type SpecialFields = (path: Path) => SpecialField | null;

interface JsonSchema {
  readonly control?: unknown;
  readonly template?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** Any key of an object, or any place of a list. */
const ANY = '*';
const remembered = new WeakMap<NodeType, SpecialFields>();

/** Reads what the schema's `meta` says: `control: 'expression'`, `template: false`. */
export function specialFieldsOf(type: NodeType): SpecialFields {
  let fields = remembered.get(type);
  if (!fields) {
    const found: { path: string[]; kind: SpecialField }[] = [];
    collect(z.toJSONSchema(type.config, { io: 'input', unrepresentable: 'any' }) as JsonSchema, [], found);
    fields = (path) =>
      found.find(
        (field) =>
          field.path.length === path.length &&
          field.path.every((step, at) => step === ANY || step === String(path[at])),
      )?.kind ?? null;
    remembered.set(type, fields);
  }
  return fields;
}

function collect(
  schema: JsonSchema | boolean | undefined,
  path: string[],
  found: { path: string[]; kind: SpecialField }[],
): void {
  if (typeof schema !== 'object') return;
  if (schema.control === 'expression') found.push({ path, kind: 'expression' });
  else if (schema.template === false) found.push({ path, kind: 'plain' });
  for (const [key, inner] of Object.entries(schema.properties ?? {})) collect(inner, [...path, key], found);
  collect(schema.additionalProperties, [...path, ANY], found);
  collect(schema.items, [...path, ANY], found);
  for (const choice of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    collect(choice, path, found);
}
