import { Alert, Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ScenarioTest } from '@callwright/runtime/rehearsal';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.js';
import { testsKey } from '../api/queries.js';
import type { Scenario, StoredTest } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { describeStep } from './describeStep.js';
import { runTests } from './scenarioTests.js';
import { useTryIt, useTryOut } from './useTryIt.js';
import classes from './Tests.module.css';

/** What was just done becomes a test. It is run once before it is kept: what it says must be what happens. */
export function SaveTest({ scenario, opened, onClose }: { scenario: Scenario; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { tryOut, surroundings } = useTryIt();
  const client = useQueryClient();
  const state = useTryOut((whole) => whole);
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const steps = useMemo(
    () => (opened ? (tryOut.recorder?.steps(state.events, state.now) ?? []) : []),
    [opened, tryOut, state.events, state.now],
  );
  useEffect(() => {
    if (opened) setFailure(null);
  }, [opened]);
  const save = useMutation({
    mutationFn: async () => {
      const { document, setup } = state;
      if (!document || !setup) return false;
      const test: ScenarioTest = {
        name: name.trim(),
        now: new Date(state.startedAt).toISOString(),
        from: setup.from,
        to: setup.to,
        ...(Object.keys(setup.parameters).length > 0 ? { params: setup.parameters } : {}),
        steps,
      };
      const { reports } = await runTests(document, [test], await surroundings(document));
      const report = reports.get(test.name);
      if (report?.failure) {
        setFailure(`${report.failure.step}. ${report.failure.message}`);
        return false;
      }
      await post<StoredTest>(`/scenarios/${scenario.id}/tests`, test);
      await client.invalidateQueries({ queryKey: testsKey(scenario.id) });
      return true;
    },
    onSuccess: (saved) => {
      if (!saved) return;
      notify.done(t('The test is kept, and it passes.'));
      setName('');
      onClose();
    },
    onError: (error) => notify.failed(t('The test was not kept'), error),
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('Save as a test')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('Name')}
          placeholder={t('Presses 2, the agent is busy')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <Text size="sm" fw={600} mt="md" mb={4}>
          {t('The caller')}
        </Text>
        <ol className={classes.steps}>
          {steps.map((step, index) => (
            <li key={index}>{describeStep(step)}</li>
          ))}
        </ol>
        {failure !== null && (
          <Alert color="red" variant="light" mt="md" icon={<IconCircleX size={18} />}>
            {t('Done again, something else happens: {{failure}}', { failure })}
          </Alert>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button
            type="submit"
            leftSection={<IconCircleCheck size={17} />}
            disabled={name.trim() === ''}
            loading={save.isPending}
          >
            {t('Run and keep')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
