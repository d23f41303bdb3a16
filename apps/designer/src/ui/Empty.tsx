import { Text, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from './Empty.module.css';

export interface EmptyProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here yet: says what would be here, and how to get it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.6} />
      </span>
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      {children !== undefined && (
        <Text component="div" c="dimmed" className={classes.text}>
          {children}
        </Text>
      )}
      {action}
    </div>
  );
}
