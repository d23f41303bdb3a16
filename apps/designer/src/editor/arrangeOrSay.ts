import { t } from '../i18n/i18n.js';
import { notify } from '../ui/notify.js';
import type { Editor } from './Editor.js';

/** Arranges the selection, or all; a layout that cannot be loaded is told. */
export const arrangeOrSay = (editor: Editor): void =>
  void editor.arrange().catch((error: unknown) => notify.failed(t('Could not arrange'), error));
