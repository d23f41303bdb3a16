import { parseTemplate } from '@callwright/expression';
import type { Json, JsonObject } from '@callwright/kernel';
import type { NodeCatalogue } from '../catalogue.js';
import { readConfiguration } from '../configuration.js';
import type { ScenarioDocument } from '../document.js';
import { scenarioError } from '../errors.js';
import {
  errorPathOf,
  groupsOf,
  hangUpPathOf,
  initialOf,
  nodesOf,
  notesOf,
  variablesOf,
  type ScenarioNode,
} from '../reading.js';
import { applyEdit, applyEdits } from './apply.js';
import type { Edit } from './edit.js';
import { freeId } from './free-id.js';
import { replaceInExpressions } from './rename.js';

const refuse = (message: string) => scenarioError('scenario.bad-edit', message);

/**
 * The way back from `collapseToSubflow`: puts the nodes of another scenario in the place of the `subflow` node that runs it. Inputs and
 * outputs become what they stand for, `return` nodes become wires. Throws `scenario.bad-edit` where calls would behave otherwise, and says why.
 */
export function inlineSubflow(
  document: ScenarioDocument,
  id: string,
  subflow: ScenarioDocument,
  catalogue: NodeCatalogue,
): readonly Edit[] {
  const outer = nodesOf(document).get(id);
  if (outer?.type !== 'subflow') throw refuse(`"${id}" is not a subflow.`);
  if (hangUpPathOf(subflow) !== null || errorPathOf(subflow) !== null)
    throw refuse(
      'The subflow has a hang-up path or an error path of its own; its nodes alone would not behave like it.',
    );
  const variables = mergedVariables(document, subflow);

  const all = [...nodesOf(subflow).values()];
  const returns = all.filter(({ type }) => type === 'return');
  const kept = all.filter(({ type }) => type !== 'return');
  if (kept.length === 0) throw refuse('The subflow has nothing but returns in it.');
  const rest = applyEdit(document, { type: 'remove-node', id }).document;
  const ids = freeIds(kept, Object.keys(rest.states));
  const leads = (outcome: string) => outer.wires.find((wire) => wire.outcome === outcome)?.target ?? null;
  const to = (target: string): string | null => {
    const end = returns.find((node) => node.id === target);
    return end ? leads(outcomeOf(end)) : (ids.get(target) ?? null);
  };

  const inner = new Map(
    [...namesRead(kept, catalogue, 'params')].map((name) => [`params.${name}`, inputExpression(outer, name)]),
  );
  const places = kept.map(({ canvas }) => canvas ?? { x: 0, y: 0 });
  const at = outer.canvas ?? { x: 0, y: 0 };
  const by = { x: at.x - Math.min(...places.map(({ x }) => x)), y: at.y - Math.min(...places.map(({ y }) => y)) };
  const ended = leads('done');
  const entry = initialOf(subflow);
  const first = entry === null ? null : to(entry);
  const into = [...nodesOf(document).values()].flatMap((node) =>
    node.id === id ? [] : node.wires.filter(({ target }) => target === id).map((wire) => ({ node, wire })),
  );
  const pasted: Edit = {
    type: 'paste',
    by,
    states: Object.fromEntries(
      kept.map((node) => [node.id, replaceInExpressions(subflow.states[node.id]!, inner) as JsonObject]),
    ),
    notes: Object.fromEntries(notesOf(subflow)),
    groups: Object.fromEntries(groupsOf(subflow)),
  };
  const edits: Edit[] = [
    { type: 'remove-node', id },
    pasted,
    ...kept.flatMap((node) => outward(node, { ids, to, ended, catalogue, among: new Set(kept.map((one) => one.id)) })),
    ...(first === null
      ? []
      : into.map(({ node, wire }): Edit => ({ type: 'wire', id: node.id, outcome: wire.outcome, target: first }))),
    ...(first !== null && initialOf(document) === id ? [{ type: 'set-initial', id: first } as const] : []),
    ...(first !== null && hangUpPathOf(document) === id ? [{ type: 'set-hang-up-path', id: first } as const] : []),
    ...(first !== null && errorPathOf(document) === id ? [{ type: 'set-error-path', id: first } as const] : []),
    ...(variables === null ? [] : [{ type: 'set-variables', variables } as const]),
  ];
  return [...edits, ...outputsReplaced(applyEdits(document, edits).document, id, returns, ids, catalogue)];
}

/** The ids that `paste` will give. */
function freeIds(nodes: readonly ScenarioNode[], given: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(given);
  return new Map(
    nodes.map(({ id }) => {
      const own = freeId(id, taken);
      taken.add(own);
      return [id, own];
    }),
  );
}

interface Outward {
  readonly ids: ReadonlyMap<string, string>;
  readonly to: (target: string) => string | null;
  /** Where the outer node's `done` leads: an outcome without a wire ends the subflow, and the call goes on there. */
  readonly ended: string | null;
  readonly catalogue: NodeCatalogue;
  readonly among: ReadonlySet<string>;
}

function outward(node: ScenarioNode, { ids, to, ended, catalogue, among }: Outward): Edit[] {
  const own = ids.get(node.id)!;
  const wired = node.wires.flatMap(({ outcome, target }): Edit[] => {
    const next = among.has(target) ? null : to(target);
    return next === null ? [] : [{ type: 'wire', id: own, outcome, target: next }];
  });
  const definition = catalogue.get(node.type);
  if (ended === null || !definition) return wired;
  const known = new Set(node.wires.map(({ outcome }) => outcome));
  const open = (readConfiguration(definition, node.input).outcomes ?? []).filter(
    (outcome) => !known.has(outcome) && definition.givenAs?.[outcome] === undefined,
  );
  return [...wired, ...open.map((outcome): Edit => ({ type: 'wire', id: own, outcome, target: ended }))];
}

/** Null: the subflow has none of its own. */
function mergedVariables(document: ScenarioDocument, subflow: ScenarioDocument): JsonObject | null {
  const [outer, inner] = [variablesOf(document), variablesOf(subflow)];
  const both = Object.keys(inner).find((name) => Object.hasOwn(outer, name));
  if (both !== undefined) throw refuse(`Both scenarios have call data called ${both}; rename one of them first.`);
  return Object.keys(inner).length === 0 ? null : { ...outer, ...inner };
}

function namesRead(nodes: readonly ScenarioNode[], catalogue: NodeCatalogue, from: string): ReadonlySet<string> {
  const names = nodes.flatMap(({ id, type, input }) => {
    const definition = catalogue.get(type);
    if (!definition) return [];
    return readConfiguration(definition, input).references.flatMap(([root, name]) => {
      if (root !== from) return [];
      if (name === undefined) throw refuse(`An expression of ${id} reads all of ${root}; name what it needs of it.`);
      return [name];
    });
  });
  return new Set(names);
}

const outcomeOf = ({ input }: ScenarioNode): string =>
  typeof input['outcome'] === 'string' ? input['outcome'] : 'done';

function inputExpression({ input }: ScenarioNode, name: string): string {
  const inputs = (input['inputs'] ?? {}) as JsonObject;
  return Object.hasOwn(inputs, name) ? expressionOf(inputs[name]!) : 'null';
}

/** A value of a configuration as an expression: `{{ vars.x }}` is `vars.x`, text with values in it is joined. */
function expressionOf(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const { template } = parseTemplate(value);
  if (!template) throw refuse(`"${value}" cannot be read; mend it first.`);
  const parts = template.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : bracketed(part.text)));
  return parts.length > 1 ? `(${parts.join(' & ')})` : (parts[0] ?? '""');
}

const bracketed = (expression: string): string => (/^[\w.]+$/.test(expression) ? expression : `(${expression})`);

/** What the rest read of the subflow's outputs, it now reads of the nodes. */
function outputsReplaced(
  document: ScenarioDocument,
  id: string,
  returns: readonly ScenarioNode[],
  ids: ReadonlyMap<string, string>,
  catalogue: NodeCatalogue,
): Edit[] {
  const renamed = new Map([...ids].map(([from, to]) => [`steps.${from}`, `steps.${to}`]));
  const replacements = new Map<string, string>();
  const readers = [...nodesOf(document).values()];
  for (const { type, input } of readers) {
    const definition = catalogue.get(type);
    for (const [root, node, output] of definition ? readConfiguration(definition, input).references : []) {
      if (root !== 'steps' || node !== id) continue;
      if (output === undefined) throw refuse(`An expression reads all of steps.${id}; name the output that it needs.`);
      const given = new Set(returns.map((end) => outputExpression(end, output)));
      if (given.size > 1) throw refuse(`The output ${output} is not the same in every return of the subflow.`);
      const [only = 'null'] = given;
      const [expression] = [replaceInExpressions({ when: only }, renamed) as JsonObject];
      replacements.set(`steps.${id}.${output}`, bracketed(String(expression!['when'])));
    }
  }
  return readers.flatMap(({ id: reader, input }): Edit[] => {
    const next = replaceInExpressions(input, replacements) as JsonObject;
    return next === input ? [] : [{ type: 'configure', id: reader, input: next }];
  });
}

const outputExpression = ({ input }: ScenarioNode, name: string): string => {
  const outputs = (input['outputs'] ?? {}) as JsonObject;
  return Object.hasOwn(outputs, name) ? expressionOf(outputs[name]!) : 'null';
};
