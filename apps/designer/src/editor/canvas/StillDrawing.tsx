import { useComputedColorScheme } from '@mantine/core';
import { Background, BackgroundVariant, Controls, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import { GRID } from '../model/placing.js';
import type { CanvasNode, OutcomeEdge } from '../model/flow.js';
import { MANY_NODES, NO_ATTRIBUTION } from './flowSetUp.js';
import classes from './Canvas.module.css';

/** A drawing that is looked at, and not changed. */
export function StillDrawing({
  testId,
  ...drawing
}: Pick<
  ReactFlowProps<CanvasNode, OutcomeEdge>,
  'aria-label' | 'nodes' | 'edges' | 'nodeTypes' | 'edgeTypes' | 'fitViewOptions' | 'onNodeClick'
> & { testId: string }) {
  const scheme = useComputedColorScheme('light');
  return (
    <div className={classes.canvas} data-testid={testId}>
      <ReactFlow<CanvasNode, OutcomeEdge>
        {...drawing}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        minZoom={0.1}
        fitView
        colorMode={scheme}
        proOptions={NO_ATTRIBUTION}
        onlyRenderVisibleElements={(drawing.nodes?.length ?? 0) > MANY_NODES}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.1} />
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={drawing.fitViewOptions} />
      </ReactFlow>
    </div>
  );
}
