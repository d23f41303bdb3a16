import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconHash, IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, post } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import type { ScenarioVersion } from '../../api/types.js';
import { Problem } from '../../ui/Problem.js';
import { useEditor, useFindings } from '../EditorContext.js';
import { FindingList } from '../findings/FindingList.js';
import type { Finding } from '@callwright/scenario';
import type { OpenDraft } from '../openDraft.js';
import { SinceLastVersion } from './SinceLastVersion.js';

export interface PublishDialogProps {
  readonly open: OpenDraft;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeploy: () => void;
  readonly onFindings: () => void;
  readonly onVersions: () => void;
}

/** Makes the draft a version: the checklist first, then a comment. Numbers bound to "latest" take it at once. */
export function PublishDialog({ open, opened, onClose, onDeploy, onFindings, onVersions }: PublishDialogProps) {
  const { t } = useTranslation();
  const editor = useEditor();
  const findings = useFindings();
  const client = useQueryClient();
  const numbers = useQuery({ ...queries.numbers(), enabled: opened });
  const [comment, setComment] = useState('');
  const publish = useMutation({
    mutationFn: async () => {
      const saved = await open.flush();
      if (saved.kind !== 'saved')
        throw new Error(
          t('The draft is not saved yet, so it cannot be published. See the save state beside the name.'),
        );
      return post<ScenarioVersion>(
        `/scenarios/${open.scenario.id}/versions`,
        comment.trim() === '' ? {} : { comment: comment.trim() },
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['scenarios'] }),
  });
  const refused =
    publish.error instanceof ApiError && publish.error.code === 'scenario.has-errors'
      ? (publish.error.details['findings'] as Finding[] | undefined)
      : undefined;
  const shown = refused ?? findings;
  const errors = shown.filter(({ severity }) => severity === 'error').length;
  const warnings = shown.length - errors;
  const taking = (numbers.data ?? []).filter(
    ({ scenarioId, version }) => scenarioId === open.scenario.id && version === 'latest',
  );
  const close = () => {
    onClose();
    publish.reset();
    setComment('');
  };
  if (publish.data) {
    return (
      <Modal
        opened={opened}
        onClose={close}
        title={t('Version {{version}} is published', { version: publish.data.version })}
      >
        <Stack>
          <Text size="sm">
            {t(
              'It will never change again. Numbers that lead to the latest version take it with their next call; calls in progress keep theirs.',
            )}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('Done')}
            </Button>
            <Button
              leftSection={<IconHash size={16} />}
              onClick={() => {
                close();
                onDeploy();
              }}
            >
              {t('Deploy to a number')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened={opened} onClose={close} title={t('Publish a version')} size="lg">
      <Stack>
        {errors > 0 ? (
          <Alert color="red" variant="light" title={t('{{count}} errors have to be mended first', { count: errors })}>
            {t('A call must not run into them.')}
          </Alert>
        ) : (
          <Text size="sm" c="dimmed">
            {t('A version never changes.')} {warnings > 0 && t('The warnings do not hinder you; look at them once.')}
          </Text>
        )}
        <FindingList
          findings={shown}
          onChoose={(finding) => {
            close();
            onFindings();
            if (finding.node !== null) editor.select([finding.node], true);
          }}
        />
        <SinceLastVersion
          open={open}
          onLook={() => {
            close();
            onVersions();
          }}
        />
        {taking.length > 0 && (
          <Text size="sm" data-testid="numbers-that-take-it">
            {t('{{count}} numbers take it with their next call:', { count: taking.length })}{' '}
            <b className="tabular">{taking.map(({ pattern }) => pattern).join(', ')}</b>
          </Text>
        )}
        {publish.error && !refused && <Problem error={publish.error} title={t('Nothing was published')} />}
        <Textarea
          label={t('What changed?')}
          description={t('Shown in the list of versions. You may leave it empty.')}
          autosize
          minRows={2}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('Cancel')}
          </Button>
          <Button
            leftSection={<IconRocket size={16} />}
            disabled={errors > 0 && !refused}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t('Publish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
