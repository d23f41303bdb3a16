import { ActionIcon, Tooltip } from '@mantine/core';
import type { ComponentType } from 'react';

/** One button of a bar on the canvas. `on`: a tool that stays on or off. */
export function Tool({
  title,
  icon: Icon,
  run,
  on,
}: {
  title: string;
  icon: ComponentType<{ size: number }>;
  run: () => void;
  on?: boolean;
}) {
  return (
    <Tooltip label={title}>
      <ActionIcon
        variant={on ? 'light' : 'subtle'}
        color={on ? 'exchange' : 'gray'}
        aria-label={title}
        aria-pressed={on}
        onClick={run}
      >
        <Icon size={17} />
      </ActionIcon>
    </Tooltip>
  );
}
