import { parseDestination } from '@callwright/channel-contract';
import type { Json, JsonObject } from '@callwright/kernel';
import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import { z } from 'zod';
import { nodeType } from './catalogue.js';

/** Kinds of things of a workspace that a document refers to by name. */
export const NAME_KINDS = ['media', 'trunk', 'phone', 'schedule', 'secret', 'scenario'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** A name in a document, and where it stands. */
export interface NameUse {
  readonly kind: NameKind;
  readonly name: string;
  /** Id of the node. */
  readonly node: string;
  /** The setting of the node. */
  readonly setting: string;
}

const remembered = new WeakMap<ScenarioDocument, readonly NameUse[]>();
const controls = new Map<string, Readonly<Record<string, string>>>();

/**
 * Every name that the nodes of a document refer to: media files, trunks, phones, schedules, secrets, other scenarios. Which setting
 * holds one is read from the schema of the node type. A name that only a call can work out (`{{ }}`) is not among them.
 */
export function namesIn(document: ScenarioDocument): readonly NameUse[] {
  let uses = remembered.get(document);
  if (!uses) {
    uses = [...nodesOf(document).values()].flatMap(({ id: node, type, input }) =>
      Object.entries(controlsOf(type)).flatMap(([setting, control]) =>
        namesOf(control, input[setting]).map((found): NameUse => ({ ...found, node, setting })),
      ),
    );
    remembered.set(document, uses);
  }
  return uses;
}

function controlsOf(type: string): Readonly<Record<string, string>> {
  const known = controls.get(type);
  if (known) return known;
  const definition = nodeType(type);
  if (!definition) return {};
  const schema = z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Readonly<Record<string, { control?: unknown }>>;
  };
  const found = Object.entries(schema.properties ?? {}).flatMap(([setting, { control }]): [string, string][] =>
    typeof control === 'string' ? [[setting, control]] : [],
  );
  const read = Object.fromEntries(found);
  controls.set(type, read);
  return read;
}

type Found = Pick<NameUse, 'kind' | 'name'>;

function namesOf(control: string, value: Json | undefined): readonly Found[] {
  switch (control) {
    case 'prompt':
    case 'prompts':
      return playedIn(value).map((name) => ({ kind: 'media', name }));
    case 'media':
    case 'schedule':
    case 'secret':
    case 'scenario':
      return isName(value) ? [{ kind: control, name: value }] : [];
    case 'destination':
      return isName(value) ? destinationNames(value) : [];
    default:
      return [];
  }
}

function destinationNames(to: string): readonly Found[] {
  const destination = parseDestination(to);
  if (destination?.kind === 'phone') return [{ kind: 'phone', name: destination.username }];
  if (destination?.kind === 'trunk') return [{ kind: 'trunk', name: destination.trunk }];
  if (destination?.kind === 'scenario') return [{ kind: 'scenario', name: destination.id }];
  // The number may be worked out by the call; by which trunk it goes is written down.
  const trunk = /^trunk:([^/{}]+)\//.exec(to)?.[1];
  return trunk === undefined ? [] : [{ kind: 'trunk', name: trunk }];
}

/** Media names in a prompt, or in a list of them. */
function playedIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(playedIn);
  if (typeof value !== 'object' || value === null) return [];
  const { play } = value as JsonObject;
  return isName(play) ? [play] : [];
}

const isName = (value: Json | undefined): value is string =>
  typeof value === 'string' && value !== '' && (!value.includes('{{') || value.startsWith('trunk:'));
