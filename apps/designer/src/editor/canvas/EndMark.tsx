import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndNode } from '../model/flow.js';
import classes from './EndMark.module.css';

/** The runtime's own ending, where an outcome is wired to it on purpose. */
export const EndMark = memo(function EndMark({ data, selected }: NodeProps<EndNode>) {
  const { t } = useTranslation();
  return (
    <div className={classes.end} data-selected={selected || undefined} data-testid={`node-${data.id}`}>
      <Handle
        role="img"
        type="target"
        position={Position.Left}
        className={classes.target}
        aria-label={t('Into the end')}
      />
      {t('End')}
    </div>
  );
});
