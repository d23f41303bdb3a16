import type { ScenarioDocument } from '../document.js';
import { finding, type Finding } from '../finding.js';
import { errorPathOf, hangUpPathOf, initialOf, nodesOf, type ScenarioNode } from '../reading.js';
import type { CheckedNode } from './nodes.js';

/** What can be seen from the drawing alone: nodes and wires, without values. */
export function flowFindings(document: ScenarioDocument, checked: readonly CheckedNode[]): Finding[] {
  return [...unreachable(document), ...audioBeforeAnswer(document, checked), ...endlessLoops(document, checked)];
}

function unreachable(document: ScenarioDocument): Finding[] {
  const initial = initialOf(document);
  // Without a first node everything would be out of reach: that is one error already.
  if (initial === null || !nodesOf(document).has(initial)) return [];
  const reached = reach(document, [initial, hangUpPathOf(document), errorPathOf(document)], () => true);
  return [...nodesOf(document).keys()]
    .filter((id) => !reached.has(id))
    .map((id) => finding('scenario.unreachable', 'Nothing leads to this node.', { node: id, path: ['states', id] }));
}

/** Nodes that can be reached from `from`; a node for which `through` is false is reached, but not passed. */
function reach(
  document: ScenarioDocument,
  from: readonly (string | null)[],
  through: (node: ScenarioNode) => boolean,
): Set<string> {
  const nodes = nodesOf(document);
  const reached = new Set<string>();
  const waiting = [...from];
  for (;;) {
    const id = waiting.pop();
    if (id === undefined) return reached;
    const node = id === null ? undefined : nodes.get(id);
    if (!node || reached.has(node.id)) continue;
    reached.add(node.id);
    if (through(node)) waiting.push(...node.wires.map((wire) => wire.target));
  }
}

/** Whether audio flows to the caller after this node. */
const opensAudio = ({ type, input }: ScenarioNode): boolean =>
  type === 'answer' || (type === 'ring' && input['earlyMedia'] === true);

function audioBeforeAnswer(document: ScenarioDocument, checked: readonly CheckedNode[]): Finding[] {
  const reached = reach(document, [initialOf(document)], (node) => !opensAudio(node));
  return checked
    .filter(({ node, type }) => type?.needs === 'audio' && !opensAudio(node) && reached.has(node.id))
    .map(({ node }) =>
      finding(
        'scenario.audio-before-answer',
        'This node can be reached before the call is answered; an incoming caller would not hear it.',
        {
          node: node.id,
          path: ['states', node.id],
        },
      ),
    );
}

/** Circles of nodes that never wait: one finding for each, at its first node. */
function endlessLoops(document: ScenarioDocument, checked: readonly CheckedNode[]): Finding[] {
  const nodes = nodesOf(document);
  const instant = new Set(checked.filter(({ type }) => type?.instant === true).map(({ node }) => node.id));
  const state = new Map<string, 'open' | 'done'>();
  const findings: Finding[] = [];
  for (const start of instant) {
    if (state.has(start)) continue;
    // Depth first, with a stack of our own: a scenario may be a thousand nodes long.
    const trail: { id: string; targets: string[] }[] = [];
    const enter = (id: string) => {
      state.set(id, 'open');
      trail.push({
        id,
        targets: (nodes.get(id)?.wires ?? []).map((wire) => wire.target).filter((target) => instant.has(target)),
      });
    };
    enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const target = top.targets.pop();
      if (target === undefined) {
        state.set(top.id, 'done');
        trail.pop();
      } else if (!state.has(target)) enter(target);
      else if (state.get(target) === 'open') {
        const circle = trail.map(({ id }) => id);
        const path = [...circle.slice(circle.indexOf(target)), target].join(' → ');
        findings.push(
          finding('scenario.endless-loop', `${path} never waits for anything.`, {
            node: target,
            path: ['states', target],
          }),
        );
      }
    }
  }
  return findings;
}
