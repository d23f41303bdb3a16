import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { IconPlus, IconX } from '@tabler/icons-react';
import { FAILED } from '@callwright/scenario';
import { memo, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../EditorContext.js';
import { type OutcomeEdge } from '../model/flow.js';
import { useWirePaint } from './paint.js';
import { BoxesContext } from './boxes.js';
import { useWireTrace } from './trace.js';
import { routeWire } from './wireRoute.js';
import classes from './Wire.module.css';

/** An outcome on its way to a node, with its name. */
export const Wire = memo(function Wire(props: EdgeProps<OutcomeEdge>) {
  const { id, data, selected, source, sourceX, sourceY, sourcePosition, targetX, targetY } = props;
  const boxes = use(BoxesContext);
  const lane = data?.lane ?? 0;
  const { path, label } = useMemo(
    () => routeWire({ sourceX, sourceY, sourcePosition, targetX, targetY }, boxes, lane),
    [sourceX, sourceY, sourcePosition, targetX, targetY, boxes, lane],
  );
  const outcome = data?.outcome ?? '';
  const trace = useWireTrace(id);
  const paint = useWirePaint(id);
  const kind = outcome === FAILED ? 'failed' : undefined;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={22}
        className={classes.wire}
        data-kind={kind}
        data-selected={selected || undefined}
        data-trace={trace ?? undefined}
        data-paint={paint?.tone}
        {...(paint ? { style: { strokeWidth: 2 + paint.weight * 8 } } : {})}
      />
      <EdgeLabelRenderer>
        <span
          className={classes.label}
          data-kind={kind}
          data-selected={selected || undefined}
          data-trace={trace ?? undefined}
          data-paint={paint?.tone}
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
        >
          {outcome}
          {paint?.text !== undefined && <b className={classes.figure}>{paint.text}</b>}
          {selected && <WireTools wire={id} node={source} outcome={outcome} />}
        </span>
      </EdgeLabelRenderer>
    </>
  );
});

/** What can be done with a wire, beside its name while it is selected. */
function WireTools({ wire, node, outcome }: { wire: string; node: string; outcome: string }) {
  const { t } = useTranslation();
  const editor = use(EditorContext);
  if (!editor?.mayEdit || editor.selection().size > 0 || editor.selectedWires().size > 1) return null;
  return (
    <>
      <button
        type="button"
        className={classes.tool}
        aria-label={t('Put a node into the wire {{outcome}}', { outcome })}
        onClick={({ clientX: x, clientY: y }) => editor.ask({ kind: 'add', screen: { x, y }, into: wire })}
      >
        <IconPlus size={12} stroke={2.4} />
      </button>
      <button
        type="button"
        className={classes.tool}
        aria-label={t('Delete the wire {{outcome}}', { outcome })}
        onClick={() => editor.unwire(node, outcome)}
      >
        <IconX size={12} stroke={2.4} />
      </button>
    </>
  );
}
