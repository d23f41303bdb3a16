import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  Controls,
  ReactFlow,
  useReactFlow,
  type EdgeTypes,
  type NodeTypes,
} from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { ScenarioDocument } from '@callwright/scenario';
import canvas from '../editor/canvas/Canvas.module.css';
import { EndMark } from '../editor/canvas/EndMark.js';
import { StepCard } from '../editor/canvas/StepCard.js';
import { TraceContext, type Trace } from '../editor/canvas/trace.js';
import { Wire } from '../editor/canvas/Wire.js';
import { createFlowView } from '../editor/model/flow.js';

const nodeTypes: NodeTypes = { step: StepCard, end: EndMark };
const edgeTypes: EdgeTypes = { outcome: Wire };

const FIT = { padding: 0.15, maxZoom: 0.9 };

/** The version that a call ran, with its path. Nothing can be changed here. */
export function PathDrawing({
  document,
  trace,
  shown,
}: {
  document: ScenarioDocument;
  trace: Trace;
  shown: string | null;
}) {
  const [view] = useState(createFlowView);
  const { nodes, edges } = useMemo(() => view(document, []), [view, document]);
  const scheme = useComputedColorScheme('light');
  const flow = useReactFlow();
  useEffect(() => {
    if (shown !== null) void flow.fitView({ nodes: [{ id: shown }], duration: 300, maxZoom: 1, padding: 1 });
  }, [flow, shown]);
  // The path is what is looked at; a call that goes on takes the view along.
  const passed = [...trace.nodes].join();
  useEffect(() => {
    const ids = passed === '' ? [] : passed.split(',').map((id) => ({ id }));
    void flow.fitView({ ...FIT, ...(ids.length > 0 ? { nodes: ids } : {}), duration: 200 });
  }, [flow, passed]);
  return (
    <TraceContext value={trace}>
      <div className={canvas.canvas} data-testid="call-path">
        <ReactFlow
          aria-label="The path of the call"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          minZoom={0.1}
          fitView
          fitViewOptions={FIT}
          colorMode={scheme}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
          <Controls showInteractive={false} position="bottom-left" />
        </ReactFlow>
      </div>
    </TraceContext>
  );
}
