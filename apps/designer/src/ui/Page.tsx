import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '@mantine/hooks';
import classes from './Page.module.css';

export interface PageProps {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** The frame of every page but the editor. */
export function Page({ title, intro, actions, children, wide = false }: PageProps) {
  useDocumentTitle(`${title} · Callwright`);
  return (
    <div className={classes.scroll}>
      <div className={classes.page} data-wide={wide || undefined}>
        <header className={classes.header}>
          <div className={classes.heading}>
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {intro !== undefined && (
              <Text c="dimmed" className={classes.intro}>
                {intro}
              </Text>
            )}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}
