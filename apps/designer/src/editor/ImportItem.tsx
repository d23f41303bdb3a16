import { Menu } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { readScenario } from '@callwright/scenario';
import { chooseFile } from '../ui/chooseFile.js';
import { notify } from '../ui/notify.js';
import type { OpenDraft } from './openDraft.js';

/** Takes a file as the draft: what was exported, or what came out of a merge in git. It keeps its id, and undo takes it back. */
export function ImportItem({ open }: { open: OpenDraft }) {
  const { t } = useTranslation();
  const take = async () => {
    const file = await chooseFile('application/json,.json');
    if (!file) return;
    try {
      const document = { ...readScenario(await file.text()), id: open.draft.getState().document.id };
      open.draft.getState().replace(t('Import {{file}}', { file: file.name }), document);
      notify.done(t('The draft is {{file}} now. Undo takes it back.', { file: file.name }));
    } catch (error) {
      notify.failed(t('The file was not imported'), error);
    }
  };
  return (
    <Menu.Item leftSection={<IconUpload size={16} />} onClick={() => void take()}>
      {t('Replace with a file…')}
    </Menu.Item>
  );
}
