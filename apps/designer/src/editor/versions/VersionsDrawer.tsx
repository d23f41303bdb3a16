import { Badge, Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { queries } from '../../api/queries.js';
import { Ago } from '../../ui/Ago.js';
import { Empty } from '../../ui/Empty.js';
import { notify } from '../../ui/notify.js';
import { Problem } from '../../ui/Problem.js';
import { useEditor } from '../EditorContext.js';
import { differences } from '../model/differences.js';
import type { OpenDraft } from '../openDraft.js';
import { DifferenceList } from './DifferenceList.js';
import classes from './VersionsDrawer.module.css';

/** Every published version: who, when, why; what the draft changes since; and the way back. */
export function VersionsDrawer({ open, opened, onClose }: { open: OpenDraft; opened: boolean; onClose: () => void }) {
  const editor = useEditor();
  const versions = useQuery({ ...queries.versions(open.scenario.id), enabled: opened });
  const draft = useStore(open.draft, (state) => state.document);
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title="Versions" size="md">
      {versions.isPending && <Loader size="sm" aria-label="Loading" />}
      {versions.error && <Problem error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && (
        <Empty icon={IconHistory} title="Nothing is published yet">
          Publishing makes the draft a version that never changes. Numbers lead to versions.
        </Empty>
      )}
      <Stack gap="sm">
        {versions.data?.map((version, index) => (
          <article key={version.version} className={classes.version}>
            <Group gap={8}>
              <b>Version {version.version}</b>
              {index === 0 && (
                <Badge variant="light" size="sm">
                  latest
                </Badge>
              )}
              <Text size="xs" c="dimmed" ml="auto">
                <Ago at={version.publishedAt} />
              </Text>
            </Group>
            <Text size="sm" mt={4}>
              {version.comment ?? <Text span c="dimmed" inherit>No comment</Text>}
            </Text>
            {version.publishedBy && (
              <Text size="xs" c="dimmed">
                {version.publishedBy}
              </Text>
            )}
            <Group gap={6} mt={8}>
              <Button size="compact-xs" variant="default" aria-expanded={compared === version.version} onClick={() => setCompared(compared === version.version ? null : version.version)}>
                {compared === version.version ? 'Hide the differences' : 'Compare with the draft'}
              </Button>
              {editor.mayEdit && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => {
                    open.draft.getState().replace(`Restore version ${version.version}`, version.document);
                    notify.done(`The draft is version ${version.version} again. Undo takes it back.`);
                    onClose();
                  }}
                >
                  Restore
                </Button>
              )}
            </Group>
            {compared === version.version && (
              <div className={classes.differences}>
                <DifferenceList differences={differences(version.document, draft)} />
              </div>
            )}
          </article>
        ))}
      </Stack>
    </Drawer>
  );
}
