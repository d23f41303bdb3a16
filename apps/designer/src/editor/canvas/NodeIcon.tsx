import { IconQuestionMark } from '@tabler/icons-react';
import { nodeIcons } from 'virtual:node-icons';
import { nodeType } from '@callwright/nodes';
import { groupOf } from '../model/groupOf.js';
import classes from './NodeIcon.module.css';

/** The tile of a node type: its icon in the colour of its group. */
export function NodeIcon({ type, size = 32 }: { type: string; size?: 20 | 24 | 32 }) {
  const Icon = nodeIcons[nodeType(type)?.icon ?? ''] ?? IconQuestionMark;
  return (
    <span className={classes.tile} data-group={groupOf(type)} data-size={size} aria-hidden>
      <Icon size={size === 32 ? 18 : size === 24 ? 15 : 13} stroke={1.8} />
    </span>
  );
}
