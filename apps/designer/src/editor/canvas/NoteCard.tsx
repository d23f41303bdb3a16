import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../EditorContext.js';
import type { NoteNode } from '../model/flow.js';
import { GRID } from '../model/placing.js';
import classes from './NoteCard.module.css';

/** A note: a double click, or Enter, writes in it; its corners make it larger. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation();
  const editor = use(EditorContext);
  const { id, note } = data;
  const [writing, setWriting] = useState(note.text === '');
  const field = useRef<HTMLTextAreaElement>(null);
  const mayEdit = editor?.mayEdit ?? false;
  useEffect(() => {
    if (writing) field.current?.focus();
  }, [writing]);
  return (
    <div
      className={classes.note}
      data-color={note.color}
      data-selected={selected || undefined}
      data-testid={`note-${id}`}
      onDoubleClick={() => setWriting(mayEdit)}
    >
      {mayEdit && (
        <NodeResizer
          isVisible={selected}
          minWidth={120}
          minHeight={60}
          onResizeEnd={(_event, { x, y, width, height }) =>
            editor?.setNote(id, { x: round(x), y: round(y), width: round(width), height: round(height) })
          }
        />
      )}
      {writing ? (
        <textarea
          ref={field}
          className={`${classes.text} nodrag nowheel`}
          aria-label={t('Text of the note')}
          placeholder={t('Write what others should know…')}
          value={note.text}
          maxLength={10_000}
          onChange={(event) => editor?.setNote(id, { text: event.currentTarget.value })}
          onBlur={() => setWriting(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setWriting(false);
          }}
        />
      ) : (
        <div className={classes.text}>{note.text || <em>{t('An empty note')}</em>}</div>
      )}
    </div>
  );
});

const round = (value: number) => Math.round(value / GRID) * GRID;
