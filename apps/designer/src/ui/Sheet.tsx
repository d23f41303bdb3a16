import type { ReactNode } from 'react';
import classes from './Sheet.module.css';

/** A quiet raised surface: a table or a form lies on it. */
export function Sheet({ children, padded = false, label }: { children: ReactNode; padded?: boolean; label?: string }) {
  return (
    <section className={classes.sheet} data-padded={padded || undefined} aria-label={label}>
      {children}
    </section>
  );
}
