import { TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useEditor } from '../EditorContext.js';
import { searchCatalogue } from '../model/search.js';
import type { CanvasPlace } from '@callwright/scenario';
import { NodeIcon } from './NodeIcon.js';
import classes from './QuickAdd.module.css';

export interface QuickAddAt {
  readonly screen: CanvasPlace;
  readonly place: CanvasPlace;
  /** The outcome whose wire was let go here. */
  readonly from: { readonly node: string; readonly outcome: string } | null;
}

/** A node, where the pointer is: type two letters, Enter. */
export function QuickAdd({ at, onClose }: { at: QuickAddAt; onClose: () => void }) {
  const editor = useEditor();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const box = useClickOutside<HTMLDivElement>(onClose);
  const found = searchCatalogue(query);
  const choose = (type: string | undefined) => {
    if (type === undefined) return;
    editor.add(type, { x: at.place.x, y: at.place.y - 28 }, at.from ? { from: at.from } : {});
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setActive((before) => (before + move + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter') choose(found[active]?.type);
    if (event.key === 'Escape') onClose();
  };
  const left = Math.min(at.screen.x, window.innerWidth - 316);
  const top = Math.min(at.screen.y, window.innerHeight - 396);
  return (
    <div ref={box} className={classes.box} style={{ left, top }} role="dialog" aria-label="Add a node">
      <TextInput
        autoFocus
        placeholder={at.from ? `What comes after “${at.from.outcome}”?` : 'Add a node'}
        aria-label="Search node types"
        leftSection={<IconSearch size={15} />}
        value={query}
        role="combobox"
        aria-expanded
        aria-controls="quick-add-list"
        aria-activedescendant={found[active] ? `quick-add-${found[active].type}` : undefined}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="quick-add-list" role="listbox" aria-label="Node types" className={classes.list}>
        {found.map((definition, index) => (
          <li
            key={definition.type}
            id={`quick-add-${definition.type}`}
            role="option"
            aria-selected={index === active}
            className={classes.option}
            data-active={index === active || undefined}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(definition.type)}
          >
            <NodeIcon type={definition.type} size={24} />
            <span>
              <span className={classes.title}>{definition.title}</span>
              <span className={classes.summary}>{definition.summary}</span>
            </span>
          </li>
        ))}
        {found.length === 0 && <li className={classes.none}>No node type matches “{query}”.</li>}
      </ul>
    </div>
  );
}
