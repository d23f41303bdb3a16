import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useNodesState,
  useReactFlow,
  type Connection,
  type EdgeTypes,
  type FinalConnectionState,
  type EdgeChange,
  type NodeChange,
  type NodeTypes,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent,
} from 'react';
import { useDraft, useEditor, useFindings, useSubflows } from '../EditorContext.js';
import { NODE_TYPE_DRAG } from '../palette/Palette.js';
import { nodeType } from '@callwright/nodes';
import { createFlowView, type CanvasNode, type OutcomeEdge } from '../model/flow.js';
import { initialOf, type CanvasPlace, type ScenarioDocument } from '@callwright/scenario';
import { EndMark } from './EndMark.js';
import { QuickAdd, type QuickAddAt } from './QuickAdd.js';
import { StepCard } from './StepCard.js';
import { Wire } from './Wire.js';
import classes from './Canvas.module.css';

const nodeTypes: NodeTypes = { step: StepCard, end: EndMark };
const edgeTypes: EdgeTypes = { outcome: Wire };
const GRID: [number, number] = [20, 20];
/** Below it, the texts of a node cannot be read. */
const READABLE_ZOOM = 0.6;

/** The drawing. React Flow shows the document and reports what hands do; the document changes by operations alone. */
export function Canvas() {
  const editor = useEditor();
  // A large drawing may follow a keystroke later than the field that it was typed into.
  const document = useDeferredValue(useDraft((draft) => draft.document));
  const findings = useFindings();
  const subflows = useSubflows();
  const [view] = useState(createFlowView);
  const drawn = useMemo(() => view(document, findings, subflows), [view, document, findings, subflows]);
  const [nodes, setNodes, onNodesChange] = useNodesState<CanvasNode>([]);
  const [quickAdd, setQuickAdd] = useState<QuickAddAt | null>(null);
  const [selectedWires, setSelectedWires] = useState<ReadonlySet<string>>(new Set());
  const flow = useReactFlow<CanvasNode, OutcomeEdge>();
  const surface = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');

  // Places come from the document; what is selected and measured stays.
  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]));
      return drawn.nodes.map((node) => {
        const old = known.get(node.id);
        return old
          ? ({ ...old, ...node, selected: old.selected ?? false } as CanvasNode)
          : { ...node, selected: editor.selection().has(node.id) };
      });
    });
  }, [drawn, setNodes, editor]);

  // Selections that somebody else makes: a jump to a finding, a paste, "select all".
  useEffect(
    () =>
      editor.onSelect((ids, reveal) => {
        setNodes((before) =>
          before.map((node) => (node.selected === ids.has(node.id) ? node : { ...node, selected: ids.has(node.id) })),
        );
        setSelectedWires(new Set());
        if (reveal) void flow.fitView({ nodes: [...ids].map((id) => ({ id })), duration: 300, maxZoom: 1, padding: 1 });
      }),
    [editor, setNodes, flow],
  );

  const edges = useMemo(
    () => drawn.edges.map((edge) => (selectedWires.has(edge.id) ? { ...edge, selected: true } : edge)),
    [drawn.edges, selectedWires],
  );

  // What hands select is told to the editor. What the editor selects is drawn and not told back: it may not be drawn yet.
  const onFlowNodes = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      onNodesChange(changes);
      const ids = selectedBy(changes, editor.selection());
      if (ids) editor.selected(ids, editor.selectedWires());
    },
    [editor, onNodesChange],
  );
  const onFlowEdges = useCallback(
    (changes: EdgeChange<OutcomeEdge>[]) => {
      const ids = selectedBy(changes, editor.selectedWires());
      if (!ids) return;
      setSelectedWires(ids);
      editor.selected(editor.selection(), ids);
    },
    [editor],
  );

  const onNodeDragStop = useCallback(
    (_event: unknown, _node: CanvasNode, moved: CanvasNode[]) =>
      editor.move(moved.map(({ id, position }) => ({ id, to: position }))),
    [editor],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle) editor.wire(source, sourceHandle, target);
    },
    [editor],
  );

  // A wire that is let go over nothing asks what should come there.
  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromNode || state.fromHandle?.type !== 'source' || state.toNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0]! : event;
      const at = { x: point.clientX, y: point.clientY };
      setQuickAdd({
        screen: at,
        place: flow.screenToFlowPosition(at),
        from: { node: state.fromNode.id, outcome: state.fromHandle.id ?? '' },
      });
    },
    [flow],
  );

  const openQuickAdd = useCallback(
    (at?: CanvasPlace) => {
      const box = surface.current?.getBoundingClientRect();
      const screen = at ?? { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 3 };
      setQuickAdd({ screen, place: flow.screenToFlowPosition(screen), from: null });
    },
    [flow],
  );
  useEffect(() => editor.onQuickAdd(openQuickAdd), [editor, openQuickAdd]);

  const onDoubleClick = (event: MouseEvent) => {
    if ((event.target as Element).classList.contains('react-flow__pane'))
      openQuickAdd({ x: event.clientX, y: event.clientY });
  };

  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(NODE_TYPE_DRAG);
    if (!type) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    editor.add(type, { x: at.x - 118, y: at.y - 28 }, { into: wireUnder(event.clientX, event.clientY) });
  };

  return (
    <div ref={surface} className={classes.canvas} onDoubleClick={onDoubleClick} data-testid="canvas">
      <ReactFlow<CanvasNode, OutcomeEdge>
        aria-label="Scenario canvas"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onFlowNodes}
        onEdgesChange={onFlowEdges}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStop={(event, moved) => onNodeDragStop(event, moved[0]!, moved)}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onReconnect={(edge, connection) => editor.rewire(edge, connection)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
        nodesDraggable={editor.mayEdit}
        nodesConnectable={editor.mayEdit}
        edgesReconnectable={editor.mayEdit}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control']}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        snapToGrid
        snapGrid={GRID}
        minZoom={0.1}
        maxZoom={1.75}
        connectionRadius={28}
        onInit={(instance) => void showBeginning(instance, document)}
        colorMode={scheme}
        proOptions={{ hideAttribution: true }}
        elevateNodesOnSelect
        onlyRenderVisibleElements={nodes.length > 150}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
        <Controls
          showInteractive={false}
          position="bottom-left"
          fitViewOptions={{ padding: 0.18, maxZoom: 1, duration: 250 }}
        />
        {nodes.length > 5 && (
          <MiniMap
            style={{ width: 168, height: 112 }}
            pannable
            zoomable
            position="bottom-right"
            ariaLabel="Overview of the scenario"
            nodeColor={(node) => groupColor(node as CanvasNode)}
            nodeBorderRadius={10}
          />
        )}
      </ReactFlow>
      {quickAdd && <QuickAdd at={quickAdd} onClose={() => setQuickAdd(null)} />}
    </div>
  );
}

/** The selection after these changes; null when they do not concern it. */
function selectedBy(
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<OutcomeEdge>)[],
  before: ReadonlySet<string>,
): ReadonlySet<string> | null {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return null;
  const ids = new Set(before);
  for (const { id, selected } of selects) {
    if (selected) ids.add(id);
    else ids.delete(id);
  }
  return ids;
}

/** Opens with everything in view; a drawing that would be too small to read, with its start at the left. */
async function showBeginning(
  flow: ReactFlowInstance<CanvasNode, OutcomeEdge>,
  document: ScenarioDocument,
): Promise<void> {
  await flow.fitView({ padding: 0.14, maxZoom: 1 });
  const start = flow.getNode(initialOf(document) ?? '');
  if (flow.getZoom() >= READABLE_ZOOM || !start) return;
  const { y } = flow.getViewport();
  const { innerHeight } = window;
  await flow.setViewport({
    zoom: READABLE_ZOOM,
    x: 48 - start.position.x * READABLE_ZOOM,
    y: Math.max(y - innerHeight, innerHeight / 2.6 - start.position.y * READABLE_ZOOM),
  });
}

const groupColor = (node: CanvasNode): string =>
  node.type === 'step' ? `var(--group-${nodeType(node.data.node.type)?.group ?? 'logic'})` : 'var(--line-strong)';

/** The wire at this point of the screen: a node that is dropped on it is put in between. */
function wireUnder(x: number, y: number): string | null {
  for (const element of window.document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge');
    if (edge) return edge.getAttribute('data-id');
  }
  return null;
}
