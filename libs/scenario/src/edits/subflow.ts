import type { Json, JsonObject } from '@callwright/kernel';
import type { NodeCatalogue } from '../catalogue.js';
import { readConfiguration } from '../configuration.js';
import { ENDED, FORMAT, type ScenarioDocument } from '../document.js';
import { scenarioError } from '../errors.js';
import { errorPathOf, hangUpPathOf, initialOf, nodesOf, variablesOf, type ScenarioNode } from '../reading.js';
import { applyEdits } from './apply.js';
import type { Edit } from './edit.js';
import { freeId } from './free-id.js';
import { replaceInExpressions } from './rename.js';

/** Room between a node and the `return` node that is put behind it. */
const RETURN_GAP = 340;

export interface CollapseOptions {
  /** Of the new scenario: its document id and its name. */
  readonly id: string;
  readonly name: string;
  readonly catalogue: NodeCatalogue;
}

/** A part of a scenario as a scenario of its own, and what is done to the drawing so that it runs that one. */
export interface Collapsed {
  readonly subflow: ScenarioDocument;
  readonly edits: readonly Edit[];
  /** Id of the `subflow` node that takes the place of the nodes. */
  readonly node: string;
  /** Names of what it is given, and of where it leads. */
  readonly inputs: readonly string[];
  readonly outcomes: readonly string[];
}

const refuse = (message: string) => scenarioError('scenario.bad-edit', message);

/**
 * Makes a subflow of some nodes. Calls behave as before: what the part reads of the rest becomes its inputs, each place that it led to becomes
 * a `return` node with an outcome of its own, and what the rest reads of its nodes becomes outputs. Throws `scenario.bad-edit` where
 * that is not possible, and says why.
 */
export function collapseToSubflow(
  document: ScenarioDocument,
  ids: ReadonlySet<string>,
  { id, name, catalogue }: CollapseOptions,
): Collapsed {
  const nodes = nodesOf(document);
  const inside = [...nodes.values()].filter((node) => ids.has(node.id));
  const outside = [...nodes.values()].filter((node) => !ids.has(node.id));
  if (inside.length === 0) throw refuse('There is no node to make a subflow of.');
  const entry = entryOf(document, inside, outside);
  const variables = variablesMovedInto(document, inside, outside, catalogue);

  const inputs: Record<string, Json> = {};
  const inner = new Map<string, string>();
  const give = (path: string, wanted: string) => {
    if (inner.has(path)) return;
    const input = freeId(wanted, { has: (taken) => Object.hasOwn(inputs, taken) });
    inputs[input] = `{{ ${path} }}`;
    inner.set(path, `params.${input}`);
  };
  for (const [root, first] of referencesOf(inside, catalogue)) {
    if (root === 'vars' && !variables.moved.has(first)) give(`vars.${first}`, first);
    if (root === 'steps' && !ids.has(first)) give(`steps.${first}`, first);
    if (root === 'params') give(`params.${first}`, first);
  }

  const taken = new Set(nodes.keys());
  const node = freeId(nodeIdFrom(id), { has: (other) => taken.has(other) && !ids.has(other) });
  const outputs = outputsFor(inside, outside, node, catalogue);
  const exits = exitsOf(inside, ids);
  const states: Record<string, JsonObject> = {};
  for (const { id: own } of inside) states[own] = replaceInExpressions(document.states[own]!, inner) as JsonObject;
  const bare: ScenarioDocument = {
    id,
    meta: {
      format: FORMAT,
      name,
      ...(variables.moved.size > 0 ? { variables: Object.fromEntries(variables.moved) } : {}),
    },
    initial: entry,
    states,
  };
  const within: Edit[] = exits.flatMap(({ target, outcome, wires }): Edit[] => {
    const last = nodes.get(wires[0]!.node)!.canvas ?? { x: 0, y: 0 };
    const own = freeId(`to_${target.toLowerCase()}`, { has: (other) => ids.has(other) });
    return [
      {
        type: 'add-node',
        id: own,
        node: {
          type: 'return',
          input: { outcome, ...(Object.keys(outputs.inner).length > 0 ? { outputs: outputs.inner } : {}) },
          canvas: { x: last.x + RETURN_GAP, y: last.y },
        },
      },
      ...wires.map((wire): Edit => ({ type: 'wire', id: wire.node, outcome: wire.outcome, target: own })),
    ];
  });
  // Wires that lead out are dangling until they are led to their return nodes.
  const subflow = applyEdits(bare, within).document;

  const first = nodes.get(entry)!.canvas ?? { x: 0, y: 0 };
  const into = outside.flatMap((other) =>
    other.wires.filter(({ target }) => ids.has(target)).map((wire) => ({ other, wire })),
  );
  const edits: Edit[] = [
    ...inside.map((gone): Edit => ({ type: 'remove-node', id: gone.id })),
    {
      type: 'add-node',
      id: node,
      node: { type: 'subflow', input: { scenario: id, inputs }, label: name, canvas: first },
    },
    ...into.map(({ other, wire }): Edit => ({ type: 'wire', id: other.id, outcome: wire.outcome, target: node })),
    ...exits.map(({ outcome, target }): Edit => ({ type: 'wire', id: node, outcome, target })),
    ...(initialOf(document) === entry ? [{ type: 'set-initial', id: node } as const] : []),
    ...(hangUpPathOf(document) === entry ? [{ type: 'set-hang-up-path', id: node } as const] : []),
    ...(errorPathOf(document) === entry ? [{ type: 'set-error-path', id: node } as const] : []),
    ...readersChanged(document, outside, outputs.outer),
    ...(variables.moved.size > 0 ? [{ type: 'set-variables', variables: variables.left } as const] : []),
  ];
  return { subflow, edits, node, inputs: Object.keys(inputs), outcomes: exits.map(({ outcome }) => outcome) };
}

/** The one node through which calls come into the part. */
function entryOf(
  document: ScenarioDocument,
  inside: readonly ScenarioNode[],
  outside: readonly ScenarioNode[],
): string {
  const ids = new Set(inside.map(({ id }) => id));
  const ways = [initialOf(document), hangUpPathOf(document), errorPathOf(document)];
  const targets = [...ways, ...outside.flatMap(({ wires }) => wires.map(({ target }) => target))];
  const entries = new Set(targets.flatMap((target) => (target !== null && ids.has(target) ? [target] : [])));
  if (entries.size > 1)
    throw refuse(`Calls come into this part at ${[...entries].join(', ')}; a subflow begins at one node.`);
  const [entry] = entries;
  if (entry !== undefined) return entry;
  const led = new Set(inside.flatMap(({ wires }) => wires.map(({ target }) => target)));
  const heads = inside.filter(({ id }) => !led.has(id));
  if (heads.length > 1)
    throw refuse(`Nothing leads to ${heads.map(({ id }) => id).join(', ')}; a subflow begins at one node.`);
  return (heads[0] ?? inside[0]!).id;
}

/** Call data that the part changes goes with it; what the rest reads or changes as well cannot. */
function variablesMovedInto(
  document: ScenarioDocument,
  inside: readonly ScenarioNode[],
  outside: readonly ScenarioNode[],
  catalogue: NodeCatalogue,
): { moved: ReadonlyMap<string, Json>; left: JsonObject } {
  const changed = assignedBy(inside, catalogue);
  const elsewhere = new Set([
    ...assignedBy(outside, catalogue),
    ...referencesOf(outside, catalogue).flatMap(([root, name]) => (root === 'vars' ? [name] : [])),
  ]);
  const shared = [...changed].filter((name) => elsewhere.has(name));
  if (shared.length > 0) {
    throw refuse(
      `This part changes ${shared.map((name) => `vars.${name}`).join(', ')}, which the rest uses too; a subflow has call data of its own.`,
    );
  }
  const start = Object.entries(variablesOf(document));
  return {
    moved: new Map([...changed].map((name) => [name, variablesOf(document)[name] ?? null])),
    left: Object.fromEntries(start.filter(([name]) => !changed.has(name))),
  };
}

export interface Exit {
  readonly target: string;
  readonly outcome: string;
  readonly wires: readonly { readonly node: string; readonly outcome: string }[];
}

/** Where the part leads to: an outcome for each target, named after it. */
function exitsOf(inside: readonly ScenarioNode[], ids: ReadonlySet<string>): readonly Exit[] {
  const byTarget = new Map<string, { node: string; outcome: string }[]>();
  for (const { id, wires } of inside) {
    for (const { outcome, target } of wires) {
      if (ids.has(target)) continue;
      byTarget.set(target, [...(byTarget.get(target) ?? []), { node: id, outcome }]);
    }
  }
  return [...byTarget].map(([target, wires]) => ({
    target,
    outcome: target === ENDED ? 'ended' : target.replaceAll('_', '-'),
    wires,
  }));
}

function outputsFor(
  inside: readonly ScenarioNode[],
  outside: readonly ScenarioNode[],
  node: string,
  catalogue: NodeCatalogue,
): { inner: JsonObject; outer: ReadonlyMap<string, string> } {
  const ids = new Set(inside.map(({ id }) => id));
  const read = [
    ...new Set(referencesOf(outside, catalogue).flatMap(([root, id]) => (root === 'steps' && ids.has(id) ? [id] : []))),
  ];
  return {
    inner: Object.fromEntries(read.map((id) => [id, `{{ steps.${id} }}`])),
    outer: new Map(read.map((id) => [`steps.${id}`, `steps.${node}.${id}`])),
  };
}

const readersChanged = (
  document: ScenarioDocument,
  readers: readonly ScenarioNode[],
  replacements: ReadonlyMap<string, string>,
): Edit[] =>
  readers.flatMap(({ id }): Edit[] => {
    const { input } = nodesOf(document).get(id)!;
    const next = replaceInExpressions(input, replacements) as JsonObject;
    return next === input ? [] : [{ type: 'configure', id, input: next }];
  });

/** `[root, name]` of everything that expressions of these nodes read. */
function referencesOf(nodes: readonly ScenarioNode[], catalogue: NodeCatalogue): [root: string, name: string][] {
  return nodes.flatMap(({ id, type, input }) => {
    const definition = catalogue.get(type);
    if (!definition) return [];
    return readConfiguration(definition, input).references.flatMap(([root, name]): [string, string][] => {
      if (root === undefined || root === 'call' || root === 'now') return [];
      if (name === undefined) throw refuse(`An expression of ${id} reads all of ${root}; name what it needs of it.`);
      return [[root, name]];
    });
  });
}

function assignedBy(nodes: readonly ScenarioNode[], catalogue: NodeCatalogue): ReadonlySet<string> {
  return new Set(
    nodes.flatMap(({ type, input }) => {
      const definition = catalogue.get(type);
      const parsed = definition?.assigns && definition.config.safeParse(input);
      return parsed?.success ? definition!.assigns!(parsed.data as never) : [];
    }),
  );
}

const nodeIdFrom = (scenario: string): string => scenario.replaceAll('-', '_').slice(0, 64);
