import { Tooltip } from '@mantine/core';
import { FAILED } from '@callwright/scenario';
import { IconAlertTriangleFilled, IconFlagFilled, IconPhoneX, IconUrgent } from '@tabler/icons-react';
import { Handle, Position, useUpdateNodeInternals, type NodeProps } from '@xyflow/react';
import { memo, use, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { msg } from '../../i18n/i18n.js';
import { libraryText } from '../../i18n/libraryText.js';
import { nodeType } from '@callwright/nodes';
import { EditorContext } from '../EditorContext.js';
import { type Entry, type OutcomeView, type StepNode } from '../model/flow.js';
import { summaryOf } from '../model/summary.js';
import { LiveBadges } from './LiveBadges.js';
import { NodeIcon } from './NodeIcon.js';
import { NodeMarks } from './NodeMarks.js';
import { useTrace } from './trace.js';
import classes from './StepCard.module.css';

const entryTexts: Record<Entry, { label: string; icon: typeof IconUrgent }> = {
  start: { label: msg('Start'), icon: IconFlagFilled },
  'hang-up': { label: msg('On hang-up'), icon: IconPhoneX },
  error: { label: msg('On error'), icon: IconUrgent },
};

/** A node on the canvas: what it is, what it does here, and a handle for each outcome. */
export const StepCard = memo(function StepCard({ data, selected }: NodeProps<StepNode>) {
  const { id, node, outcomes, failedTarget, entries, findings } = data;
  const { type } = node;
  const { t } = useTranslation();
  const title = libraryText(nodeType(type)?.title ?? type);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const summary = summaryOf(node);
  const traced = useTrace(id);
  useHandles(id, outcomes);
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-errors={errors > 0 || undefined}
      data-trace={traced ?? undefined}
      data-testid={`node-${id}`}
    >
      {entries.length > 0 && (
        <div className={classes.entries}>
          {entries.map((entry) => {
            const { label, icon: Icon } = entryTexts[entry];
            return (
              <span key={entry} className={classes.entry} data-entry={entry}>
                <Icon size={11} aria-hidden />
                {t(label)}
              </span>
            );
          })}
        </div>
      )}
      <Handle
        role="img"
        type="target"
        position={Position.Left}
        className={classes.target}
        aria-label={t('Into {{node}}', { node: id })}
      />
      <div className={classes.header}>
        <NodeIcon type={type} />
        <div className={classes.names}>
          <div className={classes.label}>{node.label ?? title}</div>
          <div className={classes.type}>{node.label === null ? id : `${title} · ${id}`}</div>
        </div>
        {findings.length > 0 && (
          <Tooltip
            multiline
            maw={320}
            label={findings.map(({ message }) => (
              <div key={message}>{message}</div>
            ))}
          >
            <span
              className={classes.finding}
              data-severity={errors > 0 ? 'error' : 'warning'}
              role="img"
              aria-label={t('{{count}} findings', { count: findings.length })}
            >
              <IconAlertTriangleFilled size={15} />
            </span>
          </Tooltip>
        )}
      </div>
      {summary !== null && <div className={classes.summary}>{summary}</div>}
      {outcomes.length > 0 && (
        <div className={classes.outcomes}>
          {outcomes.map((outcome) => (
            <OutcomeRow key={outcome.name} node={id} outcome={outcome} />
          ))}
        </div>
      )}
      <Handle
        role="img"
        type="source"
        position={Position.Bottom}
        id={FAILED}
        className={classes.failed}
        data-wired={failedTarget !== null || undefined}
        title={
          failedTarget === null
            ? t('failed: takes the error path of the scenario unless it is wired')
            : t('failed → {{node}}', { node: failedTarget })
        }
        aria-label={t('Outcome failed of {{node}}', { node: id })}
      />
      <LiveBadges node={id} />
      <NodeMarks node={id} />
    </div>
  );
});

/**
 * An outcome that gets another name is another handle, which React Flow finds only when it is told to look. It looks by itself at a card
 * that appears; to tell it then, too, would make every card look at every other one: a drawing of 1,000 would not open.
 */
function useHandles(id: string, outcomes: readonly OutcomeView[]): void {
  const look = useUpdateNodeInternals();
  const handles = outcomes.map(({ name }) => name).join(' ');
  const seen = useRef(handles);
  useEffect(() => {
    if (seen.current === handles) return;
    seen.current = handles;
    look(id);
  }, [id, handles, look]);
}

function OutcomeRow({ node, outcome }: { node: string; outcome: OutcomeView }) {
  const { t } = useTranslation();
  const editor = use(EditorContext);
  const state = outcome.unknown
    ? 'unknown'
    : outcome.target !== null
      ? 'wired'
      : outcome.givenAs !== null
        ? 'optional'
        : 'open';
  const hint = {
    unknown: t('This node does not have this outcome any more'),
    wired: `→ ${outcome.target}`,
    optional: t('Not wired: goes the way of {{outcome}}', { outcome: outcome.givenAs }),
    open: t('Not wired: the call ends here'),
  }[state];
  return (
    <div className={classes.outcome} data-state={state} title={hint}>
      <span className={classes.outcomeName}>{outcome.name}</span>
      <Handle
        role="img"
        type="source"
        position={Position.Right}
        id={outcome.name}
        onClick={({ clientX: x, clientY: y }) => {
          if (state !== 'wired')
            editor?.ask({ kind: 'add', from: { node, outcome: outcome.name }, screen: { x, y }, behind: true });
        }}
        className={classes.source}
        data-testid={`handle-${node}-${outcome.name}`}
        aria-label={
          state === 'wired'
            ? t('Outcome {{outcome}} of {{node}}, leads to {{target}}', {
                outcome: outcome.name,
                node,
                target: outcome.target,
              })
            : t('Outcome {{outcome}} of {{node}}, not wired', { outcome: outcome.name, node })
        }
      />
    </div>
  );
}
