import { useStore as useFlowStore, ViewportPortal, type ReactFlowState } from '@xyflow/react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { hueOf, othersOf, type Presence } from './openPresence.js';
import classes from './SelectionRings.module.css';

/** What the others have selected: a ring in their colour around the node, with their name. */
export function SelectionRings({ presence }: { presence: Presence }) {
  const others = othersOf(useStore(presence.store));
  return (
    <ViewportPortal>
      {others.flatMap(({ name, selection }) =>
        selection.map((node) => <Ring key={`${name} ${node}`} node={node} name={name} />),
      )}
    </ViewportPortal>
  );
}

const boxOf = (node: string) => (state: ReactFlowState) => {
  const found = state.nodeLookup.get(node);
  if (!found) return null;
  const { x, y } = found.internals.positionAbsolute;
  return [x, y, found.measured.width ?? 0, found.measured.height ?? 0] as const;
};

function Ring({ node, name }: { node: string; name: string }) {
  const box = useFlowStore(useShallow(boxOf(node)));
  if (!box) return null;
  const [x, y, width, height] = box;
  return (
    <div
      className={classes.ring}
      data-testid={`selected-by-${name}-${node}`}
      style={{
        transform: `translate(${x}px, ${y}px)`,
        width,
        height,
        ['--hue' as string]: `var(--mantine-color-${hueOf(name)}-6)`,
      }}
    >
      <span className={classes.name}>{name.split('@')[0]}</span>
    </div>
  );
}
