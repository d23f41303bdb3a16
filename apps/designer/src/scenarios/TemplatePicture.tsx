import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import { nodeType } from '@callwright/nodes';
import classes from './TemplatePicture.module.css';

/** Nodes stand closer than on the canvas, so that they can be seen in a picture this small. */
const CLOSER = 0.62;
const WIDTH = 170;
const HEIGHT = 96;
const MARGIN = 40;

/** A scenario in small, drawn from the document itself: what is seen is what the canvas will show. */
export function TemplatePicture({ document }: { document: ScenarioDocument }) {
  const places = new Map(
    [...nodesOf(document).values()].map((node) => {
      const { canvas } = (document.states[node.id]?.['meta'] ?? {}) as { canvas?: { x: number; y: number } };
      return [node.id, { node, x: CLOSER * (canvas?.x ?? 0), y: canvas?.y ?? 0 }] as const;
    }),
  );
  const all = [...places.values()];
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const right = Math.max(...all.map(({ x }) => x)) + WIDTH;
  const bottom = Math.max(...all.map(({ y }) => y)) + HEIGHT;
  const box = [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN].join(' ');
  return (
    <svg className={classes.picture} viewBox={box} aria-hidden>
      {all.flatMap(({ node, x, y }) =>
        node.wires.map(({ outcome, target }) => {
          const to = places.get(target);
          if (!to) return null;
          const [fromX, fromY, toX, toY] = [x + WIDTH, y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
          const bend = Math.max(20, Math.abs(toX - fromX) / 2);
          return (
            <path
              key={`${node.id} ${outcome}`}
              className={classes.wire}
              d={`M ${fromX} ${fromY} C ${fromX + bend} ${fromY}, ${toX - bend} ${toY}, ${toX} ${toY}`}
            />
          );
        }),
      )}
      {all.map(({ node, x, y }) => (
        <g key={node.id} transform={`translate(${x} ${y})`} data-group={nodeType(node.type)?.group}>
          <rect className={classes.card} width={WIDTH} height={HEIGHT} rx={20} />
          <rect className={classes.tile} x={20} y={24} width={48} height={48} rx={14} />
          <rect className={classes.line} x={84} y={30} width={62} height={12} rx={6} />
          <rect className={classes.line} x={84} y={54} width={40} height={10} rx={5} />
        </g>
      ))}
    </svg>
  );
}
