import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconFlag, IconPhoneX, IconTrash, IconUrgent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../EditorContext.js';

export function NodeMenu({ id }: { id: string }) {
  const { t } = useTranslation();
  const editor = useEditor();
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon aria-label={t('What to do with this node')}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFlag size={16} />} onClick={() => editor.setInitial(id)}>
          {t('Start the scenario here')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPhoneX size={16} />} onClick={() => editor.setHangUpPath(id)}>
          {t('Run after hang-up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUrgent size={16} />} onClick={() => editor.setErrorPath(id)}>
          {t('Run on errors')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => editor.duplicate()}>
          {t('Duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => editor.remove([id])}>
          {t('Delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
