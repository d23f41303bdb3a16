import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { BreakpointsContext, useNodePaint } from './paint.js';
import classes from './NodeMarks.module.css';

/** What is laid over a node and is no part of the drawing: its breakpoint, and the figures of a heat map. */
export const NodeMarks = memo(function NodeMarks({ node }: { node: string }) {
  const breakpoints = useContext(BreakpointsContext);
  const paint = useNodePaint(node);
  return (
    <>
      {breakpoints && (
        <Breakpoint node={node} on={breakpoints.nodes.has(node)} onToggle={() => breakpoints.toggle(node)} />
      )}
      {paint && (
        <div className={classes.figures} data-testid={`figures-${node}`}>
          {paint.figures.map(({ text, tone }) => (
            <span key={text} className={classes.figure} data-tone={tone}>
              {text}
            </span>
          ))}
        </div>
      )}
      {paint && paint.heat > 0 && (
        <div className={classes.heat} style={{ opacity: 0.25 + paint.heat * 0.75 }} aria-hidden />
      )}
    </>
  );
});

function Breakpoint({ node, on, onToggle }: { node: string; on: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const text = on ? t('Do not stop at {{node}}', { node }) : t('Stop at {{node}}', { node });
  return (
    <button
      type="button"
      className={`${classes.breakpoint} nodrag nopan`}
      data-on={on || undefined}
      data-testid={`breakpoint-${node}`}
      aria-pressed={on}
      aria-label={text}
      title={text}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    />
  );
}
