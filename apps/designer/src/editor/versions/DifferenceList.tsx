import { Text } from '@mantine/core';
import type { Difference } from '../model/differences.js';
import classes from './DifferenceList.module.css';

const signs = { added: '+', removed: '−', changed: '~' } as const;

export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing but places on the canvas.
      </Text>
    );
  return (
    <ul className={classes.list}>
      {differences.map(({ kind, node, what }, index) => (
        <li key={index} data-kind={kind}>
          <span className={classes.sign} aria-label={kind}>
            {signs[kind]}
          </span>
          {node !== null && <b className="mono">{node}</b>} {what}
        </li>
      ))}
    </ul>
  );
}
