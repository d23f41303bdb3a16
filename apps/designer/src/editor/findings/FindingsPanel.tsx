import { ActionIcon, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEditor, useFindings } from '../EditorContext.js';
import { FindingList } from './FindingList.js';
import classes from './FindingsPanel.module.css';

/** Everything that validation says, worst first; a click goes to the node. */
export function FindingsPanel({ onClose }: { onClose: () => void }) {
  const editor = useEditor();
  const findings = useFindings();
  return (
    <section className={classes.panel} aria-label="Findings" data-testid="findings-panel">
      <header className={classes.header}>
        <h2 className={classes.title}>Findings</h2>
        <Text size="xs" c="dimmed">
          Errors block publishing. Warnings do not.
        </Text>
        <ActionIcon onClick={onClose} aria-label="Close the findings" ml="auto">
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
