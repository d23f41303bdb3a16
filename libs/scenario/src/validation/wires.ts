import { ENDED, ERROR_EVENT, HANG_UP_EVENT, type ScenarioDocument } from '../document.js';
import { finding, type Finding } from '../finding.js';
import { errorPathOf, hangUpPathOf, initialOf, nodesOf } from '../reading.js';
import type { CheckedNode } from './nodes.js';

/** Every node may fail; this outcome is named nowhere else. */
export const FAILED = 'failed';

/** Where the document begins and where its two paths lead. */
export function pathFindings(document: ScenarioDocument): Finding[] {
  const nodes = nodesOf(document);
  const initial = initialOf(document);
  const findings: Finding[] = [];
  if (initial === null || !nodes.has(initial)) {
    const message =
      initial === null
        ? 'The scenario does not say which node is the first.'
        : `The first node "${initial}" does not exist.`;
    findings.push(finding('scenario.missing-initial', message, { path: ['initial'] }));
  }
  for (const [event, target] of [
    [HANG_UP_EVENT, hangUpPathOf(document)],
    [ERROR_EVENT, errorPathOf(document)],
  ] as const) {
    if (target === null || leads(document, target)) continue;
    findings.push(
      finding('scenario.missing-target', `The path of ${event} leads to "${target}", which does not exist.`, {
        path: ['on', event],
      }),
    );
  }
  return findings;
}

/** Stock XState refuses a wire to an ending that is not there, and so do we. */
const leads = (document: ScenarioDocument, target: string): boolean =>
  nodesOf(document).has(target) || (target === ENDED && Object.hasOwn(document.states, ENDED));

/** The outcomes of one node against its wires. */
export function wireFindings(
  { node, type, reading }: CheckedNode,
  document: ScenarioDocument,
  open: boolean,
): Finding[] {
  const outcomes = reading?.outcomes ?? null;
  const findings: Finding[] = [];
  const wired = new Set<string>();
  node.wires.forEach(({ outcome, target }, place) => {
    const at = { node: node.id, outcome, path: ['states', node.id, 'invoke', 'onDone', place] };
    if (!leads(document, target)) {
      findings.push(
        finding('scenario.missing-target', `The outcome "${outcome}" leads to "${target}", which does not exist.`, at),
      );
    }
    if (!open && outcomes !== null && outcome !== FAILED && !outcomes.includes(outcome)) {
      const has = outcomes.length === 0 ? 'it has none' : `it has ${[...outcomes, FAILED].join(', ')}`;
      findings.push(finding('scenario.unknown-outcome', `The node has no outcome "${outcome}"; ${has}.`, at));
    }
    if (wired.has(outcome))
      findings.push(finding('scenario.duplicate-wire', `The outcome "${outcome}" is wired twice.`, at));
    wired.add(outcome);
  });
  for (const outcome of new Set(outcomes ?? [])) {
    if (wired.has(outcome) || type?.givenAs?.[outcome] !== undefined) continue;
    const at = { node: node.id, outcome, path: ['states', node.id] };
    findings.push(finding('scenario.outcome-unwired', `The outcome "${outcome}" leads nowhere; it ends the call.`, at));
  }
  return findings;
}
