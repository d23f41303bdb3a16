import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError, post } from '../api/client.js';
import { queries } from '../api/queries.js';
import { Problem } from '../ui/Problem.js';
import { followCall } from './followed.js';

export interface TestCallProps {
  readonly title: string;
  /** The destination; for a trunk, made of the number that is asked for. */
  readonly to: string | ((number: string) => string);
  readonly onClose: () => void;
}

/** Places a call now, runs a published scenario with it, and follows it beside the page. */
export function TestCall({ title, to, onClose }: TestCallProps) {
  const { t } = useTranslation();
  const scenarios = useQuery(queries.scenarios());
  const published = (scenarios.data ?? []).filter(({ latestVersion }) => latestVersion !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  const scenarioId = chosen ?? published[0]?.id ?? null;
  const asksNumber = typeof to !== 'string';
  const call = useMutation({
    mutationFn: () => post<{ id: string }>('/calls', { to: asksNumber ? to(number.trim()) : to, scenarioId }),
    onSuccess: ({ id }) => {
      onClose();
      followCall(id);
    },
  });
  const refused = call.error instanceof ApiError && call.error.code.startsWith('outbound.');
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          call.mutate();
        }}
      >
        <Stack>
          {call.error && <Problem error={call.error} title={t('The call was not placed')} />}
          {refused && (
            <Text size="sm">
              <Anchor component={Link} to="/limits" underline="always" inherit>
                {t('The limits say what may go out.')}
              </Anchor>
            </Text>
          )}
          {scenarios.data && published.length === 0 ? (
            <Text size="sm">{t('Publish a scenario first: it is what whoever answers will hear.')}</Text>
          ) : (
            <>
              {asksNumber && (
                <TextInput
                  label={t('Number')}
                  description={t('As the trunk takes it: +37060000000')}
                  required
                  data-autofocus
                  inputMode="tel"
                  value={number}
                  onChange={(event) => setNumber(event.currentTarget.value)}
                />
              )}
              <Select
                label={t('Scenario')}
                description={t('What is heard by whoever answers.')}
                allowDeselect={false}
                searchable
                data={published.map(({ id, name }) => ({ value: id, label: name }))}
                value={scenarioId}
                onChange={setChosen}
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button
              type="submit"
              leftSection={<IconPhoneOutgoing size={16} />}
              loading={call.isPending}
              disabled={scenarioId === null}
            >
              {t('Call now')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
