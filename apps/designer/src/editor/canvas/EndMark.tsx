import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { EndNode } from '../model/flow.js';
import classes from './EndMark.module.css';

/** The runtime's own ending, where an outcome is wired to it on purpose. */
export const EndMark = memo(function EndMark({ data, selected }: NodeProps<EndNode>) {
  return (
    <div className={classes.end} data-selected={selected || undefined} data-testid={`node-${data.id}`}>
      <Handle role="img" type="target" position={Position.Left} className={classes.target} aria-label="Into the end" />
      End
    </div>
  );
});
