import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../api/client.js';
import { queries, useResource } from '../../api/queries.js';
import type { NumberBinding } from '../../api/types.js';
import { notify } from '../../ui/notify.js';
import { Problem } from '../../ui/Problem.js';

const isNumbered = (version: string) => version !== 'latest' && version !== 'draft';

/** Which number leads here: a number, and which version it gets. */
export function DeployDialog({
  scenarioId,
  opened,
  onClose,
}: {
  scenarioId: string;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const versions = useQuery({ ...queries.versions(scenarioId), enabled: opened });
  const numbers = useQuery({ ...queries.numbers(), enabled: opened });
  const { create, update } = useResource<NumberBinding>('/numbers');
  const [pattern, setPattern] = useState('');
  const [wanted, setVersion] = useState('latest');
  const unpublished = versions.data?.length === 0;
  const version = unpublished ? 'draft' : wanted;
  const here = (numbers.data ?? []).filter((number) => number.scenarioId === scenarioId);
  const existing = (numbers.data ?? []).find((number) => number.pattern === pattern.trim());
  const close = () => {
    onClose();
    create.reset();
    update.reset();
    setPattern('');
  };
  const suggestion = numbers.data?.some((number) => number.pattern === '1000') ? undefined : '1000';
  const chosen = pattern.trim() === '' ? (suggestion ?? '') : pattern.trim();
  const deploy = async () => {
    const body = { pattern: chosen, scenarioId, version: isNumbered(version) ? Number(version) : version };
    if (existing) await update.mutateAsync({ id: existing.id, body });
    else await create.mutateAsync(body);
    notify.done(t('{{number}} leads here now.', { number: chosen }));
    close();
  };
  const error = create.error ?? update.error;
  return (
    <Modal opened={opened} onClose={close} title={t('Deploy to a number')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void deploy().catch(() => undefined);
        }}
      >
        <Stack>
          {unpublished && (
            <Text size="sm">
              {t('Nothing is published yet: a test number runs the draft. Publish a version for everybody else.')}
            </Text>
          )}
          {here.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('Leading here already:')} <b className="tabular">{here.map((number) => number.pattern).join(', ')}</b>
            </Text>
          )}
          {error && (
            <Problem
              error={error}
              title={
                error instanceof ApiError && error.code === 'number.taken'
                  ? t('That number is taken')
                  : t('Nothing was deployed')
              }
            />
          )}
          <TextInput
            label={t('Number')}
            description={t('A number as callers dial it, or a prefix with * at its end: +3705*')}
            placeholder={suggestion}
            value={pattern}
            onChange={(event) => setPattern(event.currentTarget.value)}
            data-autofocus
          />
          {existing && existing.scenarioId !== scenarioId && (
            <Text size="sm" c="orange">
              {t('{{number}} leads to another scenario now. Deploying takes it over.', {
                number: existing.pattern,
              })}
            </Text>
          )}
          <Select
            label={t('Version')}
            allowDeselect={false}
            value={version}
            onChange={(value) => setVersion(value ?? 'latest')}
            data={[
              { value: 'latest', label: t('Latest: every new version at once'), disabled: unpublished === true },
              { value: 'draft', label: t('Test number: the draft, as it was last saved') },
              ...(versions.data ?? []).map((item) => ({
                value: String(item.version),
                label: `${t('Version {{version}}', { version: item.version })}${item.comment ? ` · ${item.comment}` : ''}`,
              })),
            ]}
          />
          <Text size="xs" c="dimmed">
            <Trans
              t={t}
              i18nKey="No phone to call from yet? <phones>Register a softphone</phones> in two minutes."
              components={{ phones: <Anchor underline="always" component={Link} to="/phones" inherit /> }}
            />
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending} disabled={chosen === ''}>
              {chosen === '' ? t('Deploy') : t('Deploy to {{number}}', { number: chosen })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
