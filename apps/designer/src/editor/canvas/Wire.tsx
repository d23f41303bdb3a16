import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { FAILED } from '@callwright/scenario';
import { memo } from 'react';
import { type OutcomeEdge } from '../model/flow.js';
import { useWirePaint } from './paint.js';
import { useWireTrace } from './trace.js';
import { wirePath } from './wirePath.js';
import classes from './Wire.module.css';

/** An outcome on its way to a node, with its name. */
export const Wire = memo(function Wire(props: EdgeProps<OutcomeEdge>) {
  const { id, data, selected } = props;
  const { path, label } = wirePath(props);
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
        </span>
      </EdgeLabelRenderer>
    </>
  );
});
