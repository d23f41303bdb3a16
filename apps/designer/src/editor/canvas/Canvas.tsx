import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type Connection,
  type EdgeChange,
  type EdgeTypes,
  type FinalConnectionState,
  type NodeChange,
  type NodeTypes,
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
import { useTranslation } from 'react-i18next';
import { useDraft, useEditor, useFindings, useSubflows } from '../EditorContext.js';
import { createFlowView, type CanvasNode, type OutcomeEdge } from '../model/flow.js';
import { groupOf } from '../model/groupOf.js';
import { GRID } from '../model/placing.js';
import { NODE_TYPE_DRAG } from '../palette/Palette.js';
import { BoxesContext } from './boxes.js';
import { CanvasTools } from './CanvasTools.js';
import { EndMark } from './EndMark.js';
import { MANY_NODES, NO_ATTRIBUTION } from './flowSetUp.js';
import { GroupFrame } from './GroupFrame.js';
import { NoteCard } from './NoteCard.js';
import { Overlays } from './Overlays.js';
import { SelectionBar } from './SelectionBar.js';
import { StepCard } from './StepCard.js';
import { markWire, wireUnder } from './underPointer.js';
import { useFlowNodes } from './useFlowNodes.js';
import { FIT, useView } from './useView.js';
import { Wire } from './Wire.js';
import classes from './Canvas.module.css';

const nodeTypes: NodeTypes = { step: StepCard, end: EndMark, note: NoteCard, frame: GroupFrame };
const edgeTypes: EdgeTypes = { outcome: Wire };
const SNAP: [number, number] = [GRID, GRID];

/** The drawing. React Flow shows the document and reports what hands do; the document changes by operations alone. */
export function Canvas() {
  const { t } = useTranslation();
  const editor = useEditor();
  // A large drawing may follow a keystroke later than the field that it was typed into.
  const document = useDeferredValue(useDraft((draft) => draft.document));
  const findings = useFindings();
  const subflows = useSubflows();
  const [view] = useState(createFlowView);
  const drawn = useMemo(() => view(document, findings, subflows), [view, document, findings, subflows]);
  const { nodes, setNodes, change, boxes } = useFlowNodes(document, drawn.nodes);
  const [selectedWires, setSelectedWires] = useState<ReadonlySet<string>>(new Set());
  const [framing, setFraming] = useState(false);
  const flow = useReactFlow<CanvasNode, OutcomeEdge>();
  const surface = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { showBeginning, reveal } = useView(surface);

  // Selections that somebody else makes: a jump to a finding, a paste, "select all".
  useEffect(
    () =>
      editor.onSelect(({ ids, reveal: wanted, focus }) => {
        setNodes((before) =>
          before.map((node) => (node.selected === ids.has(node.id) ? node : { ...node, selected: ids.has(node.id) })),
        );
        setSelectedWires(new Set());
        if (wanted || focus) reveal([...ids], { far: wanted, focus });
      }),
    [editor, setNodes, reveal],
  );

  const edges = useMemo(
    () => drawn.edges.map((edge) => (selectedWires.has(edge.id) ? { ...edge, selected: true } : edge)),
    [drawn.edges, selectedWires],
  );

  // What hands select is told to the editor. What the editor selects is drawn and not told back: it may not be drawn yet.
  const onFlowNodes = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      change(changes);
      const ids = selectedBy(changes, editor.selection());
      if (ids) editor.selected(ids, editor.selectedWires());
    },
    [editor, change],
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

  const moved = useCallback(
    (event: globalThis.MouseEvent | TouchEvent | MouseEvent, nodes: CanvasNode[]) => {
      markWire(null);
      editor.move(nodes.map(({ id, position }) => ({ id, to: position })));
      const [only, ...more] = nodes;
      if (only?.type !== 'step' || more.length > 0) return;
      const alone = !drawn.edges.some(({ source, target }) => source === only.id || target === only.id);
      const wire = alone ? wireUnder(pointOf(event)) : null;
      if (wire) editor.insert(only.id, wire);
    },
    [editor, drawn.edges],
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
      const from = { node: state.fromNode.id, outcome: state.fromHandle.id ?? '' };
      editor.ask({ kind: 'add', from, screen: pointOf(event) });
    },
    [editor],
  );

  const onDoubleClick = (event: MouseEvent) => {
    if ((event.target as Element).classList.contains('react-flow__pane'))
      editor.ask({ kind: 'add', screen: { x: event.clientX, y: event.clientY } });
  };

  const onContextMenu = (event: MouseEvent) => {
    const target = event.target as Element;
    if (target.closest('input, textarea')) return;
    event.preventDefault();
    const on = target.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
    if (on !== null && !editor.selection().has(on)) editor.select([on]);
    editor.ask({ kind: 'menu', screen: { x: event.clientX, y: event.clientY }, on });
  };

  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    markWire(wireUnder({ x: event.clientX, y: event.clientY }));
  };
  const onDrop = (event: DragEvent) => {
    markWire(null);
    const type = event.dataTransfer.getData(NODE_TYPE_DRAG);
    if (!type) return;
    event.preventDefault();
    const point = { x: event.clientX, y: event.clientY };
    const at = flow.screenToFlowPosition(point);
    editor.add(type, { x: at.x - 118, y: at.y - 28 }, { into: wireUnder(point) });
  };

  return (
    <BoxesContext value={boxes}>
      <div
        ref={surface}
        className={classes.canvas}
        data-testid="canvas"
        data-framing={framing || undefined}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
        onPointerMove={(event) => (editor.pointer = { x: event.clientX, y: event.clientY })}
        onPointerLeave={() => (editor.pointer = null)}
      >
        <ReactFlow<CanvasNode, OutcomeEdge>
          aria-label={t('Scenario canvas')}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onFlowNodes}
          onEdgesChange={onFlowEdges}
          onNodeDrag={(event, node, all) =>
            markWire(all.length === 1 && node.type === 'step' ? wireUnder(pointOf(event)) : null)
          }
          onNodeDragStop={(event, _node, all) => moved(event, all)}
          onSelectionDragStop={(event, all) => moved(event, all)}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onReconnect={(edge, connection) => editor.rewire(edge, connection)}
          onDragOver={onDragOver}
          onDragLeave={() => markWire(null)}
          onDrop={onDrop}
          nodesDraggable={editor.mayEdit}
          nodesConnectable={editor.mayEdit}
          edgesReconnectable={editor.mayEdit}
          connectOnClick={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          selectionOnDrag={framing}
          panOnDrag={framing ? [1, 2] : true}
          panOnScroll
          zoomActivationKeyCode={ZOOM_KEYS}
          multiSelectionKeyCode={MULTI_KEYS}
          selectionMode={SelectionMode.Partial}
          zoomOnDoubleClick={false}
          snapToGrid
          snapGrid={SNAP}
          minZoom={0.1}
          maxZoom={1.75}
          connectionRadius={28}
          onInit={() => void showBeginning(document)}
          colorMode={scheme}
          proOptions={NO_ATTRIBUTION}
          elevateNodesOnSelect
          onlyRenderVisibleElements={nodes.length > MANY_NODES}
        >
          <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.1} />
          {nodes.length > 5 && (
            <MiniMap
              style={MINIMAP}
              pannable
              zoomable
              position="bottom-right"
              ariaLabel={t('Overview of the scenario')}
              nodeColor={colorOnMap}
              nodeBorderRadius={10}
            />
          )}
        </ReactFlow>
        <CanvasTools framing={framing} onFraming={setFraming} onFit={() => void flow.fitView(FIT)} />
        <SelectionBar />
        <Overlays surface={surface} />
      </div>
    </BoxesContext>
  );
}

const ZOOM_KEYS = ['Meta', 'Control'];
const MULTI_KEYS = ['Meta', 'Control', 'Shift'];
const MINIMAP = { width: 168, height: 112 };

const pointOf = (event: globalThis.MouseEvent | TouchEvent | MouseEvent) => {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event;
  return { x, y };
};

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

const colorOnMap = (node: CanvasNode): string => {
  if (node.type === 'step') return `var(--group-${groupOf(node.data.node.type)})`;
  return node.type === 'frame' ? 'transparent' : 'var(--line-strong)';
};
