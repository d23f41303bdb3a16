import type { NodeCatalogue } from '../catalogue.js';
import type { ScenarioDocument } from '../document.js';
import type { Finding } from '../finding.js';
import { nodesOf, type ScenarioNode } from '../reading.js';
import { flowFindings } from './flow.js';
import { groupFindings } from './groups.js';
import { checkNode, nodeFindings } from './nodes.js';
import { shapeFindings } from './shape.js';
import { pathFindings, wireFindings } from './wires.js';

export interface ValidateOptions {
  /**
   * The outcomes that the `return` nodes of another scenario name; null when it is not known. Without it, any outcome of a
   * `subflow` is accepted.
   */
  readonly outcomesOfScenario?: (scenario: string) => readonly string[] | null;
}

/** Whether another scenario names outcomes of this node. */
const isSubflow = ({ type }: Checked): boolean => type?.dynamicOutcomes === 'subflow';

/**
 * Everything there is to say about a document, errors first. Only errors keep it from being published. The same function judges
 * for the API, the command line and the page.
 */
export function validateScenario(
  document: ScenarioDocument,
  catalogue: NodeCatalogue,
  options: ValidateOptions = {},
): readonly Finding[] {
  const nodes = nodesOf(document);
  const checked = [...nodes.values()].map((node) => checkNode(node, catalogue));
  const findings = [
    ...shapeFindings(document),
    ...pathFindings(document),
    ...groupFindings(document),
    ...checked.flatMap((one) => nodeFindings(one, nodes)),
    ...checked.flatMap((one) =>
      wireFindings(withSubflow(one, options), document, isSubflow(one) && !outcomesFor(one, options)),
    ),
    ...flowFindings(document, checked),
  ];
  return [...findings.filter(isError), ...findings.filter((one) => !isError(one))];
}

export const isError = (finding: Finding): boolean => finding.severity === 'error';

type Checked = ReturnType<typeof checkNode>;

function outcomesFor({ node }: Checked, { outcomesOfScenario }: ValidateOptions): readonly string[] | null {
  const { scenario } = node.input;
  return typeof scenario === 'string' ? (outcomesOfScenario?.(scenario) ?? null) : null;
}

function withSubflow(one: Checked, options: ValidateOptions): Checked {
  if (!isSubflow(one) || !one.reading?.outcomes) return one;
  const outcomes = [...new Set([...one.reading.outcomes, ...(outcomesFor(one, options) ?? [])])];
  return { ...one, reading: { ...one.reading, outcomes } };
}

/** The outcomes that the `return` nodes of a document name: those of a `subflow` that runs it. */
export function outcomesOfScenario(document: ScenarioDocument): readonly string[] {
  const named = [...nodesOf(document).values()].flatMap(({ type, input }) =>
    type === 'return' && typeof input['outcome'] === 'string' && !input['outcome'].includes('{{')
      ? [input['outcome']]
      : [],
  );
  return [...new Set([...named, 'done'])];
}

/** Document ids of the scenarios that a document's `subflow` nodes run, as far as they are written out. */
export const subflowsOf = (document: ScenarioDocument): ReadonlySet<string> =>
  namesIn(document, ({ type, input }) => (type === 'subflow' ? input['scenario'] : undefined));

/** Those, and the scenarios that it calls (`scenario:ID`). */
export const scenariosNamedIn = (document: ScenarioDocument): ReadonlySet<string> =>
  new Set([
    ...subflowsOf(document),
    ...namesIn(document, ({ input }) => /^scenario:(.+)$/.exec(String(input['to']))?.[1]),
  ]);

function namesIn(document: ScenarioDocument, nameOf: (node: ScenarioNode) => unknown): ReadonlySet<string> {
  const names = [...nodesOf(document).values()].map(nameOf);
  return new Set(names.filter((name) => typeof name === 'string'));
}
