import {
  catalogueOf,
  isError,
  nodesOf,
  outcomesOfScenario,
  readConfiguration,
  validateScenario,
  type ConfigurationReading,
  type NodeCatalogue,
  type ScenarioDocument,
  type ScenarioNode,
} from '@callwright/scenario';
import { deepFreeze, inputError } from '@callwright/kernel';
import type { NodeDefinition } from '@callwright/nodes';
import { buildMachine, TRANSFERRING, type FlowMachine } from './machine.js';

/** A node with all that is known of it before a call. */
export interface CompiledNode {
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly node: ScenarioNode;
  readonly reading: ConfigurationReading;
  /** The outcomes that are wired. */
  readonly wired: ReadonlySet<string>;
}

/** One version of a scenario, ready for any number of calls. */
export interface CompiledScenario {
  readonly id: string;
  /** As it was given: deep-frozen, and never changed. */
  readonly document: ScenarioDocument;
  readonly machine: FlowMachine;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  /** The `transfer` node type, for the command of that name. */
  readonly transfer: NodeDefinition | null;
  /** Digits of a call may belong to a secret. */
  readonly mayHoldSecrets: boolean;
  /** For the validation of scenarios that run this one. */
  readonly outcomes: readonly string[];
}

/**
 * Compiles a version once; all its calls share it. Throws `scenario.has-errors` (kind `input`) with `details.findings`.
 */
export function compileScenario(
  document: ScenarioDocument,
  catalogue: Iterable<NodeDefinition> | NodeCatalogue<NodeDefinition>,
): CompiledScenario {
  const types =
    catalogue instanceof Map
      ? (catalogue as NodeCatalogue<NodeDefinition>)
      : catalogueOf(catalogue as Iterable<NodeDefinition>);
  const findings = validateScenario(document, types).filter(isError);
  if (findings.length > 0) {
    throw inputError(
      'scenario.has-errors',
      `The scenario has ${findings.length === 1 ? 'an error' : `${findings.length} errors`}.`,
      { findings },
    );
  }
  const nodes = new Map([...nodesOf(document).values()].map((node) => [node.id, compileNode(node, types)]));
  return {
    id: document.id,
    document: deepFreeze(document),
    machine: buildMachine(document, (id) => nodes.get(id)?.definition.collectsDigits === true),
    nodes,
    transfer: types.get('transfer') ?? null,
    mayHoldSecrets: [...nodes.values()].some((node) => isSecret(node) || node.definition.dynamicOutcomes === 'subflow'),
    outcomes: outcomesOfScenario(document),
  };
}

function compileNode(node: ScenarioNode, types: NodeCatalogue<NodeDefinition>): CompiledNode {
  const definition = types.get(node.type) as NodeDefinition;
  return {
    id: node.id,
    definition,
    node,
    reading: readConfiguration(definition, node.input),
    wired: new Set(node.wires.map((wire) => wire.outcome)),
  };
}

/** The node that carries out the command `transfer`. */
export const transferNode = (definition: NodeDefinition, to: string): CompiledNode => {
  const node: ScenarioNode = {
    id: TRANSFERRING,
    type: definition.type,
    label: null,
    canvas: null,
    input: { to },
    wires: [],
  };
  return { id: TRANSFERRING, definition, node, reading: readConfiguration(definition, node.input), wired: new Set() };
};

/** Collects digits that nobody may see, or may do so once its configuration is evaluated. */
function isSecret({ definition, node }: CompiledNode): boolean {
  const { secret } = node.input;
  return definition.collectsDigits === true && secret !== undefined && secret !== false;
}
