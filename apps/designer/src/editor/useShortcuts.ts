import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { FIT } from './canvas/useView.js';
import { clipText, parseClip } from './model/clip.js';
import type { OpenDraft } from './openDraft.js';
import { comboOf, shortcutsByCombo, type ShortcutTools } from './shortcuts.js';

/** A text field keeps its own keys: typing must never delete a node. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="listbox"], [role="menu"]') !== null);

/** The keys of the editor (`shortcuts.ts`), and the system clipboard through the page's own copy, cut and paste. */
export function useShortcuts(open: OpenDraft, showShortcuts: () => void): void {
  const flow = useReactFlow();
  useEffect(() => {
    const { editor } = open;
    const place = () =>
      flow.screenToFlowPosition(editor.pointer ?? { x: window.innerWidth / 2, y: window.innerHeight / 2 });
    const tools: ShortcutTools = {
      open,
      fit: () => void flow.fitView(FIT),
      zoom: (by) => void (by > 0 ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 })),
      place,
      showShortcuts,
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const shortcut = shortcutsByCombo.get(comboOf(event));
      if (!shortcut?.run || (isTyping(event.target) && !shortcut.everywhere)) return;
      if (shortcut.run(tools, event) !== false) event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent, cut: boolean) => {
      if (isTyping(event.target) || window.getSelection()?.type === 'Range') return;
      const clip = cut && editor.mayEdit ? editor.cut() : editor.copy();
      if (!clip) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', clipText(clip));
    };
    const copy = (event: ClipboardEvent) => onCopy(event, false);
    const cut = (event: ClipboardEvent) => onCopy(event, true);
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      const clip = parseClip(event.clipboardData?.getData('text/plain') ?? '');
      if (!clip) return;
      event.preventDefault();
      editor.paste(clip, editor.pointer && place());
    };
    window.addEventListener('keydown', onKeyDown);
    window.document.addEventListener('copy', copy);
    window.document.addEventListener('cut', cut);
    window.document.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.document.removeEventListener('copy', copy);
      window.document.removeEventListener('cut', cut);
      window.document.removeEventListener('paste', paste);
    };
  }, [open, flow, showShortcuts]);
}
