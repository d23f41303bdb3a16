import type { Json } from '@callwright/kernel';
import { z } from 'zod';
import { nodeType } from '@callwright/nodes';

/** The part of JSON Schema that the node types use. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly additionalProperties?: FieldSchema | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** Which control draws it; from the schema's `meta`. */
  readonly control?: string;
  readonly examples?: readonly Json[];
}

/** One field of a node's form. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly control: Control;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

export const CONTROLS = [
  'text',
  'multiline',
  'prompt',
  'prompts',
  'duration',
  'number',
  'switch',
  'choice',
  'keys',
  'expression',
  'destination',
  'media',
  'schedule',
  'voice',
  'language',
  'secret',
  'scenario',
  'headers',
  'cases',
  'assign',
  'tags',
  'json',
] as const;
export type Control = (typeof CONTROLS)[number];

const cache = new Map<string, readonly Field[]>();

/** The form of a node type, drawn from its schema: a field for each setting, in the order of the schema. */
export function fieldsOf(type: string): readonly Field[] {
  const known = cache.get(type);
  if (known) return known;
  const definition = nodeType(type);
  if (!definition) return [];
  const schema = z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' }) as FieldSchema;
  const fields = fieldsOfSchema(schema);
  cache.set(type, fields);
  return fields;
}

export function fieldsOfSchema(schema: FieldSchema): readonly Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
    name,
    title: inner.title ?? humanise(name),
    description: inner.description ?? null,
    control: controlOf(name, inner),
    required: schema.required?.includes(name) ?? false,
    schema: inner,
  }));
}

/** The control that the schema names, or the one that fits its shape. */
export function controlOf(name: string, schema: FieldSchema): Control {
  if (schema.control !== undefined && (CONTROLS as readonly string[]).includes(schema.control))
    return schema.control as Control;
  if (schema.enum !== undefined) return 'choice';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'integer' || schema.type === 'number') return name.endsWith('Ms') ? 'duration' : 'number';
  if (schema.type === 'string') return 'text';
  if (schema.type === 'array' && schema.items?.type === 'string') return 'tags';
  if (
    schema.type === 'object' &&
    typeof schema.additionalProperties === 'object' &&
    schema.additionalProperties.type === 'string'
  )
    return 'headers';
  return 'json';
}

/** `interDigitTimeoutMs` → `Inter digit timeout` */
export function humanise(name: string): string {
  const words = name
    .replace(/Ms$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
