import { IconFocusCentered, IconMinus, IconNote, IconPlus, IconSearch, IconSelect } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../EditorContext.js';
import bar from './bar.module.css';
import { Tool } from './Tool.js';
import classes from './CanvasTools.module.css';

/** Zoom, search, notes, and the frame for fingers that have no Shift key. */
export function CanvasTools({
  framing,
  onFraming,
  onFit,
}: {
  framing: boolean;
  onFraming: (on: boolean) => void;
  onFit: () => void;
}) {
  const { t } = useTranslation();
  const editor = useEditor();
  const flow = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  const tools = [
    { title: t('Zoom out'), icon: IconMinus, run: () => void flow.zoomOut({ duration: 120 }) },
    { title: t('Zoom in'), icon: IconPlus, run: () => void flow.zoomIn({ duration: 120 }) },
    { title: t('Fit view'), icon: IconFocusCentered, run: onFit },
    { title: t('Find in this scenario'), icon: IconSearch, run: () => editor.ask({ kind: 'find' }) },
  ];
  return (
    <Panel position="bottom-left" className={bar.bar} role="toolbar" aria-label={t('View')}>
      {tools.slice(0, 1).map((tool) => (
        <Tool key={tool.title} {...tool} />
      ))}
      <button
        type="button"
        className={classes.zoom}
        aria-label={t('Zoom {{percent}} %, set to 100 %', { percent: zoom })}
        onClick={() => void flow.zoomTo(1, { duration: 120 })}
      >
        {zoom} %
      </button>
      {tools.slice(1).map((tool) => (
        <Tool key={tool.title} {...tool} />
      ))}
      <Tool title={t('Select with a frame')} icon={IconSelect} on={framing} run={() => onFraming(!framing)} />
      {editor.mayEdit && (
        <Tool
          title={t('Add a note')}
          icon={IconNote}
          run={() => {
            const { innerWidth, innerHeight } = window;
            editor.addNote(flow.screenToFlowPosition({ x: innerWidth / 2 - 110, y: innerHeight / 2 - 60 }));
          }}
        />
      )}
    </Panel>
  );
}
