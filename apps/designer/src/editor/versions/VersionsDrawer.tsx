import { Badge, Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { queries } from '../../api/queries.js';
import type { VersionItem } from '../../api/types.js';
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
  const versions = useQuery({ ...queries.versions(open.scenario.id), enabled: opened });
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
          <VersionCard key={version.version} open={open} version={version} latest={index === 0} onRestored={onClose} />
        ))}
      </Stack>
    </Drawer>
  );
}

function VersionCard({
  open,
  version,
  latest,
  onRestored,
}: {
  open: OpenDraft;
  version: VersionItem;
  latest: boolean;
  onRestored: () => void;
}) {
  const editor = useEditor();
  const client = useQueryClient();
  const draft = useStore(open.draft, (state) => state.document);
  const [compared, setCompared] = useState(false);
  const details = queries.versionOf(open.scenario.id, version.version);
  const { data, error } = useQuery({ ...details, enabled: compared });
  const restore = useMutation({
    mutationFn: () => client.fetchQuery(details),
    onSuccess: ({ document }) => {
      open.draft.getState().replace(`Restore version ${version.version}`, document);
      notify.done(`The draft is version ${version.version} again. Undo takes it back.`);
      onRestored();
    },
    onError: (thrown) => notify.failed('Nothing was restored', thrown),
  });
  return (
    <article className={classes.version}>
      <Group gap={8}>
        <b>Version {version.version}</b>
        {latest && (
          <Badge variant="light" size="sm" tt="none">
            latest
          </Badge>
        )}
        <Text size="xs" c="dimmed" ml="auto">
          <Ago at={version.publishedAt} />
        </Text>
      </Group>
      <Text size="sm" mt={4} c={version.comment === '' ? 'dimmed' : undefined}>
        {version.comment || 'No comment'}
      </Text>
      <Text size="xs" c="dimmed">
        {version.publishedBy}
      </Text>
      <Group gap={6} mt={8}>
        <Button size="compact-xs" variant="default" aria-expanded={compared} onClick={() => setCompared(!compared)}>
          {compared ? 'Hide the differences' : 'Compare with the draft'}
        </Button>
        {editor.mayEdit && (
          <Button size="compact-xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
            Restore
          </Button>
        )}
      </Group>
      {compared && error && <Problem error={error} />}
      {compared && data && (
        <div className={classes.differences}>
          <Text size="xs" c="dimmed" mb={4}>
            From this version to the draft:
          </Text>
          <DifferenceList differences={differences(data.document, draft)} />
        </div>
      )}
    </article>
  );
}
