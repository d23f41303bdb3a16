import { ActionIcon, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor, useFindings } from '../EditorContext.js';
import { FindingList } from './FindingList.js';
import classes from './FindingsPanel.module.css';

/** Everything that validation says, worst first; a click goes to the node. */
export function FindingsPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const findings = useFindings();
  return (
    <section className={classes.panel} aria-label={t('Findings')} data-testid="findings-panel">
      <header className={classes.header}>
        <h2 className={classes.title}>{t('Findings')}</h2>
        <Text size="xs" c="dimmed">
          {t('Errors block publishing. Warnings do not.')}
        </Text>
        <ActionIcon onClick={onClose} aria-label={t('Close the findings')} ml="auto">
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.list}>
        <FindingList
          findings={findings}
          onChoose={(finding) => finding.node !== null && editor.select([finding.node], true)}
        />
      </div>
    </section>
  );
}
