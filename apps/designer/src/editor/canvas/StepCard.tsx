import { Tooltip } from '@mantine/core';
import { FAILED } from '@callwright/scenario';
import { IconAlertTriangleFilled, IconFlagFilled, IconPhoneX, IconUrgent } from '@tabler/icons-react';
import { Handle, Position, useUpdateNodeInternals, type NodeProps } from '@xyflow/react';
import { memo, useEffect } from 'react';
import { nodeType } from '@callwright/nodes';
import { type Entry, type OutcomeView, type StepNode } from '../model/flow.js';
import { summaryOf } from '../model/summary.js';
import { LiveBadges } from './LiveBadges.js';
import { NodeIcon } from './NodeIcon.js';
import { NodeMarks } from './NodeMarks.js';
import { useTrace } from './trace.js';
import classes from './StepCard.module.css';

const entryTexts: Record<Entry, { label: string; icon: typeof IconUrgent }> = {
  start: { label: 'Start', icon: IconFlagFilled },
  'hang-up': { label: 'On hang-up', icon: IconPhoneX },
  error: { label: 'On error', icon: IconUrgent },
};

/** A node on the canvas: what it is, what it does here, and a handle for each outcome. */
export const StepCard = memo(function StepCard({ data, selected }: NodeProps<StepNode>) {
  const { id, node, outcomes, failedTarget, entries, findings } = data;
  const { type } = node;
  const definition = nodeType(type);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const summary = summaryOf(node);
  const traced = useTrace(id);
  // An outcome that gets another name is another handle, which React Flow finds only when it is told to look.
  const updateInternals = useUpdateNodeInternals();
  const handles = outcomes.map(({ name }) => name).join(' ');
  useEffect(() => updateInternals(id), [id, handles, updateInternals]);
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
                {label}
              </span>
            );
          })}
        </div>
      )}
      <Handle role="img" type="target" position={Position.Left} className={classes.target} aria-label={`Into ${id}`} />
      <div className={classes.header}>
        <NodeIcon type={type} />
        <div className={classes.names}>
          <div className={classes.label}>{node.label ?? definition?.title ?? type}</div>
          <div className={classes.type}>{node.label === null ? id : `${definition?.title ?? type} · ${id}`}</div>
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
              aria-label={`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`}
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
            ? 'failed: takes the error path of the scenario unless it is wired'
            : `failed → ${failedTarget}`
        }
        aria-label={`Outcome failed of ${id}`}
      />
      <LiveBadges node={id} />
      <NodeMarks node={id} />
    </div>
  );
});

function OutcomeRow({ node, outcome }: { node: string; outcome: OutcomeView }) {
  const state = outcome.unknown
    ? 'unknown'
    : outcome.target !== null
      ? 'wired'
      : outcome.givenAs !== null
        ? 'optional'
        : 'open';
  const hint = {
    unknown: 'This node does not have this outcome any more',
    wired: `→ ${outcome.target}`,
    optional: `Not wired: goes the way of ${outcome.givenAs}`,
    open: 'Not wired: the call ends here',
  }[state];
  return (
    <div className={classes.outcome} data-state={state} title={hint}>
      <span className={classes.outcomeName}>{outcome.name}</span>
      <Handle
        role="img"
        type="source"
        position={Position.Right}
        id={outcome.name}
        className={classes.source}
        data-testid={`handle-${node}-${outcome.name}`}
        aria-label={`Outcome ${outcome.name} of ${node}, ${state === 'wired' ? `leads to ${outcome.target}` : 'not wired'}`}
      />
    </div>
  );
}
