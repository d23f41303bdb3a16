import type { ScenarioDocument } from '../document.js';
import { finding, type Finding } from '../finding.js';
import { groupsOf, nodesOf } from '../reading.js';

/** Groups against the nodes that they name. */
export function groupFindings(document: ScenarioDocument): Finding[] {
  const nodes = nodesOf(document);
  const holder = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [id, { nodes: members }] of groupsOf(document)) {
    members.forEach((node, place) => {
      const path = ['meta', 'groups', id, 'nodes', place];
      if (!nodes.has(node)) {
        findings.push(
          finding('scenario.bad-group', `The group ${id} names "${node}", which does not exist.`, { path }),
        );
      } else if (holder.has(node)) {
        const message = `The group ${id} names "${node}", which is in the group ${holder.get(node)} already.`;
        findings.push(finding('scenario.bad-group', message, { node, path }));
      } else holder.set(node, id);
    });
  }
  return findings;
}
