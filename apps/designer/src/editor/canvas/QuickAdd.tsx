import { useReactFlow } from '@xyflow/react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibraryText } from '../../i18n/libraryText.js';
import { useDraft, useEditor } from '../EditorContext.js';
import { nodesByName } from '../model/find.js';
import { searchCatalogue } from '../model/search.js';
import type { Overlay } from '../overlay.js';
import { NodeIcon } from './NodeIcon.js';
import { Picker } from './Picker.js';

const MOST_NODES = 8;

/** A node where it is wanted: at the pointer, in a wire, or behind an outcome; the outcome can also be led to a node that is there. */
export function QuickAdd({
  ask,
  surface,
}: {
  ask: Extract<Overlay, { kind: 'add' }>;
  surface: RefObject<HTMLElement | null>;
}) {
  const { t } = useTranslation();
  const said = useLibraryText();
  const editor = useEditor();
  const flow = useReactFlow();
  const document = useDraft((draft) => draft.document);
  const [query, setQuery] = useState('');
  const { from, into, behind } = ask;
  const screen = ask.screen ?? middleOf(surface.current);
  const close = () => editor.ask(null);
  const choose = (key: string) => {
    const [kind, value] = [key.slice(0, 5), key.slice(5)];
    close();
    if (kind === 'lead:' && from) {
      editor.wire(from.node, from.outcome, value);
      editor.select([from.node], false, true);
      return;
    }
    const { x, y } = flow.screenToFlowPosition(screen);
    const id = from && behind ? editor.addBehind(value, from) : editor.add(value, { x, y: y - 28 }, { from, into });
    editor.select([id], false, true);
  };
  const types = searchCatalogue(query, said).map(({ type, title, summary }) => ({
    key: `type:${type}`,
    title: said(title),
    hint: said(summary),
    icon: <NodeIcon type={type} size={24} />,
  }));
  const there = from
    ? nodesByName(document, query)
        .slice(0, query === '' ? 4 : MOST_NODES)
        .map(({ id, title, type }) => ({
          key: `lead:${id}`,
          title,
          hint: id,
          icon: <NodeIcon type={type} size={24} />,
        }))
    : [];
  return (
    <Picker
      label={from ? t('What comes after “{{outcome}}”', { outcome: from.outcome }) : t('Add a node')}
      placeholder={from ? t('What comes after “{{outcome}}”?', { outcome: from.outcome }) : t('Add a node')}
      query={query}
      onQuery={setQuery}
      sections={[
        { ...(from ? { title: t('A new node') } : {}), items: types },
        { title: t('A node that is there'), items: there },
      ]}
      none={t('Nothing matches “{{query}}”.', { query })}
      at={screen}
      onChoose={choose}
      onClose={() => {
        close();
        if (from) editor.select([from.node], false, true);
      }}
    />
  );
}

function middleOf(surface: HTMLElement | null) {
  const box = surface?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 3 };
}
