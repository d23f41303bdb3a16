import { useNodesInitialized, useReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioDocument } from '@callwright/scenario';
import { EndMark } from '../editor/canvas/EndMark.js';
import { StepCard } from '../editor/canvas/StepCard.js';
import { StillDrawing } from '../editor/canvas/StillDrawing.js';
import { TraceContext, type Trace } from '../editor/canvas/trace.js';
import { Wire } from '../editor/canvas/Wire.js';
import { useFollow } from '../editor/canvas/useFollow.js';
import { createFlowView } from '../editor/model/flow.js';

const nodeTypes: NodeTypes = { step: StepCard, end: EndMark };
const edgeTypes: EdgeTypes = { outcome: Wire };

const FIT = { padding: 0.15, maxZoom: 0.9 };

/** A version with the path of a call, or with what is painted over it. Nothing can be changed here. */
export function PathDrawing({ document, trace }: { document: ScenarioDocument; trace: Trace | null }) {
  const { t } = useTranslation();
  const [view] = useState(createFlowView);
  const { nodes, edges } = useMemo(() => view(document, []), [view, document]);
  const flow = useReactFlow();
  const measured = useNodesInitialized();
  useEffect(() => {
    if (measured) void flow.fitView(FIT);
  }, [flow, measured]);
  useFollow(trace?.current ?? null);
  return (
    <TraceContext value={trace}>
      <StillDrawing
        testId="call-path"
        aria-label={t('The path of the call')}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitViewOptions={FIT}
      />
    </TraceContext>
  );
}
