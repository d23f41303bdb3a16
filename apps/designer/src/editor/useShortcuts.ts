import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { notify } from '../ui/notify.js';
import { clipText, parseClip } from './model/clip.js';
import type { OpenDraft } from './openDraft.js';

/** A text field keeps its own keys: typing must never delete a node. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="listbox"]') !== null);

/** The keys of the editor, and the system clipboard through the page's own copy, cut and paste. */
export function useShortcuts({ draft, editor, flush }: OpenDraft, showShortcuts: () => void): void {
  const flow = useReactFlow();
  useEffect(() => {
    const withMod: Record<string, () => void> = {
      z: () => draft.getState().undo(),
      'shift+z': () => draft.getState().redo(),
      y: () => draft.getState().redo(),
      d: () => editor.duplicate(),
      a: () => editor.selectAll(),
      s: () => void flush(),
    };
    const plain: Record<string, () => void> = {
      Delete: () => editor.removeSelection(),
      Backspace: () => editor.removeSelection(),
      '/': () => editor.requestQuickAdd(),
      '?': showShortcuts,
      f: () => void flow.fitView({ duration: 250, padding: 0.18, maxZoom: 1 }),
      l: () => void editor.arrange().catch((error: unknown) => notify.failed('Could not arrange', error)),
      Enter: () => window.document.querySelector<HTMLElement>('[data-inspector-first]')?.focus(),
      Escape: () => editor.select([]),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (isTyping(event.target)) {
        // Saving is meant wherever the caret stands.
        if (mod && key === 's') {
          event.preventDefault();
          void flush();
        }
        return;
      }
      if (key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a')) return;
      const run = mod
        ? withMod[event.shiftKey ? `shift+${key}` : key]
        : plain[event.key.length === 1 && key !== '?' ? key : event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    const onCopy = (event: ClipboardEvent, cut: boolean) => {
      if (isTyping(event.target) || window.getSelection()?.type === 'Range') return;
      const clip = cut ? editor.cut() : editor.copy();
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
      editor.paste(clip);
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
  }, [draft, editor, flush, flow, showShortcuts]);
}
