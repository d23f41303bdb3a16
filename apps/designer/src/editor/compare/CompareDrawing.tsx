import {
  BaseEdge,
  EdgeLabelRenderer,
  ReactFlowProvider,
  useNodesInitialized,
  useReactFlow,
  type EdgeProps,
  type EdgeTypes,
  type NodeProps,
  type NodeTypes,
} from '@xyflow/react';
import { createContext, memo, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioDocument } from '@callwright/scenario';
import { msg } from '../../i18n/i18n.js';
import { EndMark } from '../canvas/EndMark.js';
import { StepCard } from '../canvas/StepCard.js';
import { StillDrawing } from '../canvas/StillDrawing.js';
import { BoxesContext } from '../canvas/boxes.js';
import { routeWire } from '../canvas/wireRoute.js';
import {
  createFlowView,
  stepHeight,
  STEP_WIDTH,
  type CanvasNode,
  type OutcomeEdge,
  type StepNode,
} from '../model/flow.js';
import { withWhatIsGone, type Mark, type Marks } from './comparison.js';
import classes from './CompareDrawing.module.css';

const MarksContext = createContext<Marks & { readonly shown: string | null }>({
  nodes: new Map(),
  wires: new Map(),
  shown: null,
});

const signs: Readonly<Record<Mark, string>> = { added: '+', removed: '−', changed: '~', moved: '↔', collision: '!' };

const nodeTypes: NodeTypes = { step: MarkedStep, end: EndMark };
const edgeTypes: EdgeTypes = { outcome: memo(MarkedWire) };
const FIT = { padding: 0.12, maxZoom: 1 };

export interface CompareDrawingProps {
  readonly from: ScenarioDocument;
  readonly to: ScenarioDocument;
  readonly marks: Marks;
  /** The node that is looked at; the view goes there. */
  readonly shown: string | null;
  readonly onChoose?: (node: string) => void;
  readonly label: string;
}

/** The newer drawing with what became of it: added, changed, moved, and, faintly, what is gone. */
export function CompareDrawing(props: CompareDrawingProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ from, to, marks, shown, onChoose, label }: CompareDrawingProps) {
  const [view] = useState(createFlowView);
  const flow = useReactFlow<CanvasNode, OutcomeEdge>();
  const { nodes, edges } = useMemo(() => {
    const { document, gone } = withWhatIsGone(from, to);
    const drawn = view(document, []);
    const goneEdges = gone.map(({ id, source, outcome, target }): OutcomeEdge => ({
      id,
      type: 'outcome',
      source,
      target,
      sourceHandle: outcome,
      data: { outcome, lane: 0 },
      className: classes.gone ?? '',
    }));
    // A wire whose outcome the node no longer has has no handle to begin at.
    const handles = new Map(
      drawn.nodes.map((node) => [
        node.id,
        node.type === 'step' ? new Set(node.data.outcomes.map(({ name }) => name)) : new Set<string>(),
      ]),
    );
    const drawable = goneEdges.filter(({ source, sourceHandle }) => handles.get(source)?.has(sourceHandle ?? ''));
    return { nodes: drawn.nodes, edges: [...drawable, ...drawn.edges] };
  }, [view, from, to]);
  const measured = useNodesInitialized();
  useEffect(() => {
    if (measured) void flow.fitView(FIT);
  }, [flow, measured]);
  useEffect(() => {
    if (shown !== null) void flow.fitView({ nodes: [{ id: shown }], duration: 250, maxZoom: 1, padding: 1.2 });
  }, [flow, shown]);
  const context = useMemo(() => ({ ...marks, shown }), [marks, shown]);
  const boxes = useMemo(
    () =>
      nodes.flatMap(({ id, position, ...node }) =>
        node.type === 'step'
          ? [{ id, ...position, width: STEP_WIDTH, height: stepHeight(node.data.outcomes.length) }]
          : [],
      ),
    [nodes],
  );
  return (
    <MarksContext value={context}>
      <BoxesContext value={boxes}>
        <StillDrawing
          testId="compare-drawing"
          aria-label={label}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          fitViewOptions={FIT}
          onNodeClick={(_, node) => onChoose?.(node.id)}
        />
      </BoxesContext>
    </MarksContext>
  );
}

function MarkedStep(props: NodeProps<StepNode>) {
  const { t } = useTranslation();
  const { nodes, shown } = useContext(MarksContext);
  const mark = nodes.get(props.id);
  return (
    <div
      className={classes.step}
      data-mark={mark}
      data-shown={shown === props.id || undefined}
      data-testid={`mark-${props.id}`}
    >
      {mark && (
        <span className={classes.badge} data-mark={mark}>
          <span aria-hidden>{signs[mark]}</span> {t(MARK_WORDS[mark])}
        </span>
      )}
      <StepCard {...props} />
    </div>
  );
}

function MarkedWire(props: EdgeProps<OutcomeEdge>) {
  const { id, data } = props;
  const { wires } = useContext(MarksContext);
  const boxes = useContext(BoxesContext);
  const { path, label } = routeWire(props, boxes, data?.lane ?? 0);
  const gone = id.startsWith('gone ');
  const mark = gone ? 'removed' : wires.get(id);
  return (
    <>
      <BaseEdge id={id} path={path} className={classes.wire} data-mark={mark} />
      <EdgeLabelRenderer>
        <span
          className={classes.outcome}
          data-mark={mark}
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y + (gone ? 16 : 0)}px)` }}
        >
          {data?.outcome}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}

/** Said with `t`. */
const MARK_WORDS: Readonly<Record<Mark, string>> = {
  added: msg('added'),
  removed: msg('removed'),
  changed: msg('changed'),
  moved: msg('moved'),
  collision: msg('both changed it'),
};
