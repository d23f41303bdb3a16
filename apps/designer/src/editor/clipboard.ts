import type { CanvasPlace } from '@callwright/scenario';
import type { Editor } from './Editor.js';
import { clipText, parseClip } from './model/clip.js';

/** The system clipboard, where no copy or paste event of the page brings it (a menu, a button). Rejects when the browser forbids it. */
export async function copyToClipboard(editor: Editor, cut: boolean): Promise<void> {
  const clip = editor.copy();
  if (!clip) return;
  await navigator.clipboard.writeText(clipText(clip));
  if (cut) editor.removeSelection();
}

export async function pasteFromClipboard(editor: Editor, at: CanvasPlace): Promise<void> {
  const clip = parseClip(await navigator.clipboard.readText());
  if (clip) editor.paste(clip, at);
}
