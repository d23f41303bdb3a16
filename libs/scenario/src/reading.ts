import type { Json, JsonObject } from '@callwright/kernel';
import {
  ERROR_EVENT,
  groupSchema,
  HANG_UP_EVENT,
  noteSchema,
  type Group,
  type Note,
  type ScenarioDocument,
} from './document.js';
import type { z } from 'zod';

/** A node as everybody reads it, however incomplete the draft is. */
export interface ScenarioNode {
  readonly id: string;
  /** The node type; empty when the draft names none. */
  readonly type: string;
  readonly label: string | null;
  readonly canvas: { readonly x: number; readonly y: number } | null;
  readonly input: JsonObject;
  readonly wires: readonly Wire[];
}
export interface Wire {
  readonly outcome: string;
  readonly target: string;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOr = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const metaOf = (document: ScenarioDocument): JsonObject => objectOr(document.meta);
export const nameOf = (document: ScenarioDocument): string => {
  const { name } = metaOf(document);
  return typeof name === 'string' ? name : document.id;
};
/** Call data and what it begins with. */
export const variablesOf = (document: ScenarioDocument): JsonObject => objectOr(metaOf(document)['variables']);
/** What is written on the canvas beside the nodes, by id; what has not the form of a note is left out. */
export const notesOf = (document: ScenarioDocument): ReadonlyMap<string, Note> =>
  annotationsOf(metaOf(document)['notes'], noteSchema);
/** The frames around nodes, by id. */
export const groupsOf = (document: ScenarioDocument): ReadonlyMap<string, Group> =>
  annotationsOf(metaOf(document)['groups'], groupSchema);

const readAnnotations = new WeakMap<object, ReadonlyMap<string, unknown>>();
const NOTHING = {};

function annotationsOf<Value>(given: Json | undefined, schema: z.ZodType<Value>): ReadonlyMap<string, Value> {
  const all = isObject(given) ? given : NOTHING;
  let known = readAnnotations.get(all) as ReadonlyMap<string, Value> | undefined;
  if (!known) {
    known = new Map(
      Object.entries(all).flatMap(([id, value]) => (schema.safeParse(value).success ? [[id, value as Value]] : [])),
    );
    readAnnotations.set(all, known);
  }
  return known;
}

export const initialOf = (document: ScenarioDocument): string | null =>
  typeof document.initial === 'string' ? document.initial : null;

/** The node that runs after the call has ended. */
export const hangUpPathOf = (document: ScenarioDocument): string | null => pathOf(document, HANG_UP_EVENT);
/** The node that a fault leads to when its own outcome `failed` is not wired. */
export const errorPathOf = (document: ScenarioDocument): string | null => pathOf(document, ERROR_EVENT);

function pathOf(document: ScenarioDocument, event: string): string | null {
  const on = objectOr(document.on);
  const path = Object.hasOwn(on, event) ? on[event] : undefined;
  return typeof path === 'string' && path.startsWith('.') ? path.slice(1) : null;
}

const nodesByDocument = new WeakMap<ScenarioDocument, ReadonlyMap<string, ScenarioNode>>();
const nodesByState = new WeakMap<JsonObject, ScenarioNode>();

/** The nodes by id, in the document's order; endings are not among them. */
export function nodesOf(document: ScenarioDocument): ReadonlyMap<string, ScenarioNode> {
  let nodes = nodesByDocument.get(document);
  if (!nodes) {
    nodes = new Map(
      Object.entries(document.states)
        .filter(([, state]) => !isEnding(state))
        .map(([id, state]) => [id, nodeOf(id, state)]),
    );
    nodesByDocument.set(document, nodes);
  }
  return nodes;
}

/** A state that only ends the run. */
export const isEnding = (state: JsonObject): boolean => state['type'] === 'final';

function nodeOf(id: string, state: JsonObject): ScenarioNode {
  const known = nodesByState.get(state);
  if (known && known.id === id) return known;
  const meta = objectOr(state['meta']);
  const canvas = objectOr(meta['canvas']);
  const invoke = objectOr(state['invoke']);
  const node: ScenarioNode = {
    id,
    type: typeof invoke['src'] === 'string' ? invoke['src'] : '',
    label: typeof meta['label'] === 'string' ? meta['label'] : null,
    canvas:
      typeof canvas['x'] === 'number' && typeof canvas['y'] === 'number' ? { x: canvas['x'], y: canvas['y'] } : null,
    input: objectOr(invoke['input']),
    wires: (Array.isArray(invoke['onDone']) ? (invoke['onDone'] as readonly Json[]) : []).flatMap(wireOf),
  };
  nodesByState.set(state, node);
  return node;
}

function wireOf(transition: Json): Wire[] {
  const outcome = objectOr(objectOr(objectOr(transition)['guard'])['params'])['is'];
  const target = objectOr(transition)['target'];
  return typeof outcome === 'string' && typeof target === 'string' ? [{ outcome, target }] : [];
}
