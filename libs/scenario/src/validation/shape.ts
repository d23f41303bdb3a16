import type { z } from 'zod';
import { ENDED, NODE_ID, SCENARIO_ID, scenarioSchema, stateSchema, type ScenarioDocument } from '../document.js';
import { finding, type Finding, type Path, type Place } from '../finding.js';
import { MAX_NODES } from '../limits.js';
import { nodesOf } from '../reading.js';

const outline = scenarioSchema.omit({ states: true, initial: true });
/** A state is judged once; edits share those that they do not change. */
const judged = new WeakMap<object, readonly z.core.$ZodIssue[]>();

/** The form of the document: what the schema says, told with node ids. */
export function shapeFindings(document: ScenarioDocument): Finding[] {
  const { states, initial: _judgedWithTargets, ...rest } = document;
  const findings = issuesOf(outline, rest).flatMap((issue) => told(issue, {}, []));
  if (nodesOf(document).size > MAX_NODES) {
    findings.push(
      finding(
        'scenario.too-large',
        `A scenario has at most ${MAX_NODES} nodes; this one has ${nodesOf(document).size}.`,
      ),
    );
  }
  for (const [id, state] of Object.entries(states)) {
    const ending = state['type'] === 'final';
    const place = { node: id, path: ['states', id] };
    if (ending ? id !== ENDED : !NODE_ID.test(id))
      findings.push(finding('scenario.bad-node-id', badNodeId(id, ending), place));
    let issues = judged.get(state);
    if (!issues) judged.set(state, (issues = issuesOf(ending ? stateSchema.ending : stateSchema.node, state)));
    findings.push(...issues.flatMap((issue) => told(issue, { node: id }, place.path)));
  }
  return findings;
}

const badNodeId = (id: string, ending: boolean): string =>
  ending
    ? `The only ending of a document is ${ENDED}, not ${id}.`
    : `The node id ${JSON.stringify(id)} must begin with a small letter and hold only small letters, digits and _ (at most 64).`;

function issuesOf(schema: z.ZodType, value: unknown): readonly z.core.$ZodIssue[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues;
}

function told(issue: z.core.$ZodIssue, place: Place, base: Path): Finding[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      finding('scenario.unsupported', `${key} is not a part of a scenario.`, { ...place, path: [...path, key] }),
    );
  }
  if (path.length === 1 && path[0] === 'id') {
    return [finding('scenario.bad-id', `The id must match ${SCENARIO_ID.source}.`, { path })];
  }
  return [finding('scenario.bad-shape', `${path.at(-1) ?? 'It'}: ${issue.message}`, { ...place, path })];
}
