import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconBoxMargin,
  IconClipboard,
  IconCopy,
  IconCut,
  IconFlag,
  IconHierarchy2,
  IconNote,
  IconPlus,
  IconSchema,
  IconSelectAll,
  IconTrash,
} from '@tabler/icons-react';
import { nodesOf } from '@callwright/scenario';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notify.js';
import { copyToClipboard, pasteFromClipboard } from '../clipboard.js';
import { useDraft, useEditor } from '../EditorContext.js';
import type { Overlay } from '../overlay.js';
import { useSubflowActions } from '../subflow/useSubflowActions.js';
import { arrangeOrSay } from '../arrangeOrSay.js';

/** What can be done here, by the right button or a long press: with what is selected, or with the empty canvas. */
export function CanvasMenu({ ask: { screen, on } }: { ask: Extract<Overlay, { kind: 'menu' }> }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const flow = useReactFlow();
  const document = useDraft((draft) => draft.document);
  const { expand } = useSubflowActions();
  const at = flow.screenToFlowPosition(screen);
  const node = on === null ? undefined : nodesOf(document).get(on);
  const failed = (error: unknown) => notify.failed(t('That did not work'), error);
  return (
    <Menu opened onClose={() => editor.ask(null)} position="bottom-start" width={240} offset={2} trapFocus>
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: screen.x, top: screen.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {on === null ? (
          <>
            {editor.mayEdit && (
              <>
                <Menu.Item
                  leftSection={<IconPlus size={16} />}
                  onClick={() => editor.ask({ kind: 'add', screen })}
                  closeMenuOnClick={false}
                >
                  {t('Add a node…')}
                </Menu.Item>
                <Menu.Item leftSection={<IconNote size={16} />} onClick={() => editor.addNote(at)}>
                  {t('Add a note')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconClipboard size={16} />}
                  onClick={() => void pasteFromClipboard(editor, at).catch(failed)}
                >
                  {t('Paste')}
                </Menu.Item>
              </>
            )}
            <Menu.Item leftSection={<IconSelectAll size={16} />} onClick={() => editor.selectAll()}>
              {t('Select all')}
            </Menu.Item>
            {editor.mayEdit && (
              <Menu.Item leftSection={<IconSchema size={16} />} onClick={() => arrangeOrSay(editor)}>
                {t('Arrange')}
              </Menu.Item>
            )}
          </>
        ) : (
          <>
            {editor.mayEdit && node && (
              <>
                <Menu.Item
                  leftSection={<IconArrowRight size={16} />}
                  closeMenuOnClick={false}
                  onClick={() => editor.ask({ kind: 'outcomes', node: node.id })}
                >
                  {t('Wire an outcome…')}
                </Menu.Item>
                <Menu.Item leftSection={<IconFlag size={16} />} onClick={() => editor.setInitial(node.id)}>
                  {t('Start the scenario here')}
                </Menu.Item>
                <Menu.Divider />
              </>
            )}
            {editor.mayEdit && (
              <Menu.Item
                leftSection={<IconCut size={16} />}
                onClick={() => void copyToClipboard(editor, true).catch(failed)}
              >
                {t('Cut')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              onClick={() => void copyToClipboard(editor, false).catch(failed)}
            >
              {t('Copy')}
            </Menu.Item>
            {editor.mayEdit && (
              <>
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => editor.duplicate()}>
                  {t('Duplicate')}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item leftSection={<IconBoxMargin size={16} />} onClick={() => editor.group()}>
                  {t('Group')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconHierarchy2 size={16} />}
                  closeMenuOnClick={false}
                  onClick={() => editor.ask({ kind: 'collapse' })}
                >
                  {t('Make a subflow…')}
                </Menu.Item>
                {node?.type === 'subflow' && (
                  <Menu.Item leftSection={<IconHierarchy2 size={16} />} onClick={() => void expand(node.id)}>
                    {t('Put its nodes here')}
                  </Menu.Item>
                )}
                <Menu.Divider />
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => editor.removeSelection()}>
                  {t('Delete')}
                </Menu.Item>
              </>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
