import type { NodeCatalogue, NodeType } from '../catalogue.js';
import { readConfiguration, type ConfigurationReading } from '../configuration.js';
import { finding, type Finding, type Path } from '../finding.js';
import type { ScenarioNode } from '../reading.js';
import type { JsonObject } from '@callwright/kernel';

/** Names that a configuration may not give to an outcome of its own. */
export const RESERVED_OUTCOMES: readonly string[] = ['failed', 'no-input', 'no-match', 'otherwise'];

export interface CheckedNode {
  readonly node: ScenarioNode;
  /** Null: the node type is unknown. */
  readonly type: NodeType | null;
  readonly reading: ConfigurationReading | null;
}

export function checkNode(node: ScenarioNode, catalogue: NodeCatalogue): CheckedNode {
  const type = catalogue.get(node.type) ?? null;
  return { node, type, reading: type && readConfiguration(type, node.input) };
}

/** Type, configuration and expressions of one node. */
export function nodeFindings({ node, type, reading }: CheckedNode, nodes: ReadonlyMap<string, unknown>): Finding[] {
  const at = (...path: Path) => ({ node: node.id, path: ['states', node.id, 'invoke', ...path] });
  if (!type || !reading) {
    return node.type === ''
      ? []
      : [finding('scenario.unknown-node-type', `There is no node type "${node.type}".`, at('src'))];
  }
  const reserved = reservedOutcomes(node.input);
  const taken = new Set(reserved.map(({ path }) => path.join('.')));
  return [
    ...reserved.map(({ path, name }) =>
      finding(
        'scenario.reserved-outcome',
        `"${name}" is an outcome of its own; choose another name.`,
        at('input', ...path),
      ),
    ),
    ...reading.problems
      .filter(({ code, path }) => code !== 'scenario.bad-configuration' || !taken.has(path.join('.')))
      .map(({ code, path, message }): Finding => {
        const told = path.length === 0 ? message : `${path.join('.')}: ${message}`;
        return { ...finding('scenario.bad-configuration', told, at('input', ...path)), code };
      }),
    ...unknownSteps(reading, nodes).map((id) =>
      finding('scenario.unknown-step', `An expression uses steps.${id}, but there is no node ${id}.`, at('input')),
    ),
  ];
}

function unknownSteps({ references }: ConfigurationReading, nodes: ReadonlyMap<string, unknown>): string[] {
  const ids = references.flatMap(([root, id]) => (root === 'steps' && id !== undefined && !nodes.has(id) ? [id] : []));
  return [...new Set(ids)];
}

/** `keys: {"1": name}` and `cases: [{outcome: name}]`. */
function reservedOutcomes(input: JsonObject): { path: Path; name: string }[] {
  const { keys, cases } = input;
  const named: [Path, unknown][] = [];
  if (typeof keys === 'object' && keys !== null && !Array.isArray(keys)) {
    for (const [key, name] of Object.entries(keys)) named.push([['keys', key], name]);
  }
  if (Array.isArray(cases))
    cases.forEach((one: unknown, place) =>
      named.push([['cases', place, 'outcome'], (one as JsonObject | null)?.['outcome']]),
    );
  return named.flatMap(([path, name]) =>
    typeof name === 'string' && RESERVED_OUTCOMES.includes(name) ? [{ path, name }] : [],
  );
}
