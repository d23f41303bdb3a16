import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import type { CallPaths } from '../../api/types.js';
import { formatDuration, formatNumber, formatPercent } from '../../app/format.js';
import type { NodePaint, Paint, WirePaint } from '../../editor/canvas/paint.js';
import { edgeId } from '../../editor/model/flow.js';
import { t } from '../../i18n/i18n.js';

/** Where callers are lost: a node, how many hung up there, and how many of those who came. */
export interface Loss {
  readonly node: string;
  readonly hungUp: number;
  readonly visits: number;
  /** 0 … 1. */
  readonly share: number;
}

/** Of one node a single caller says nothing. */
const FEWEST = 2;

/** The places where most callers hang up, the worst first. */
export const lossesOf = ({ nodes }: CallPaths): readonly Loss[] =>
  nodes
    .filter(({ hungUp }) => hungUp > 0)
    .map(({ node, hungUp, visits }) => ({ node, hungUp, visits, share: hungUp / Math.max(1, visits) }))
    .sort((a, b) => b.hungUp - a.hungUp || b.share - a.share);

/** The traffic of many calls as paint over the drawing: thick wires are taken often, red nodes lose callers. */
export function heatOf(paths: CallPaths, document: ScenarioDocument): Paint {
  const drawn = nodesOf(document);
  const most = Math.max(1, ...paths.nodes.flatMap(({ outcomes }) => outcomes.map(({ visits }) => visits)));
  const wires = new Map<string, WirePaint>();
  const nodes = new Map<string, NodePaint>();
  for (const { node, visits, averageMs, outcomes, hungUp } of paths.nodes) {
    if (!drawn.has(node)) continue;
    for (const { outcome, visits: times } of outcomes) {
      if (outcome === null) continue;
      wires.set(edgeId(node, outcome), {
        tone: outcome === 'failed' ? 'failing' : 'traffic',
        weight: times / most,
        text: `${formatNumber(times)} · ${formatPercent(times / Math.max(1, visits))}`,
      });
    }
    nodes.set(node, {
      heat: visits >= FEWEST ? hungUp / visits : 0,
      figures: [
        { text: t('{{count}} times', { count: visits }) },
        { text: t('{{time}} each', { time: averageMs < 1000 ? `${averageMs} ms` : formatDuration(averageMs) }) },
        ...(hungUp > 0
          ? [
              {
                text: t('{{share}} hang up', { share: formatPercent(hungUp / Math.max(1, visits)) }),
                tone: 'danger' as const,
              },
            ]
          : []),
      ],
    });
  }
  // What nobody takes is seen as such.
  for (const { id, wires: own } of drawn.values())
    for (const { outcome } of own)
      if (!wires.has(edgeId(id, outcome))) wires.set(edgeId(id, outcome), { tone: 'bare', weight: 0 });
  return { nodes, wires };
}
