import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheckFilled, IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { getAll, queries } from '../api/queries.js';
import { post } from '../api/client.js';
import type { Call, NumberBinding, Phone, Scenario } from '../api/types.js';
import { documentOf, templates } from '../scenarios/templates/index.js';
import { Problem } from '../ui/Problem.js';
import classes from './WelcomePage.module.css';

const NUMBER = '1000';
const EVERY_MS = 700;

/** Makes a first scenario, publishes it, gives it a number, and calls the phone with it. */
export function LetItRing({ phone }: { phone: Phone }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ring = useMutation({
    mutationFn: async () => {
      const scenarioId = await firstScenario(t('My first scenario'));
      await client.invalidateQueries({ queryKey: ['scenarios'] });
      await client.invalidateQueries({ queryKey: ['numbers'] });
      const { id } = await post<{ id: string }>('/calls', { to: `phone:${phone.username}`, scenarioId });
      return { scenarioId, call: id };
    },
  });
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(
          'We draw a front desk for you, publish it, lead {{number}} to it, and call {{phone}}. Pick up, listen, and press 1 or 2.',
          { number: NUMBER, phone: phone.username },
        )}
      </Text>
      {ring.error && <Problem error={ring.error} title={t('The phone does not ring')} onRetry={() => ring.mutate()} />}
      {ring.data && <Progress call={ring.data.call} phone={phone.username} />}
      <Group>
        <Button
          size="md"
          variant={ring.data ? 'default' : 'filled'}
          leftSection={<IconPhoneCall size={18} />}
          loading={ring.isPending}
          onClick={() => ring.mutate()}
        >
          {ring.data ? t('Once more') : t('Ring my phone')}
        </Button>
        {ring.data && (
          <Button size="md" component={Link} to={`/scenarios/${ring.data.scenarioId}`}>
            {t('See the call on its drawing')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Progress({ call: id, phone }: { call: string; phone: string }) {
  const { t } = useTranslation();
  const call = useQuery({
    ...queries.call(id),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : EVERY_MS),
  });
  if (!call.data) return null;
  const { answeredAt, state, node } = call.data;
  return (
    <div className={classes.call} data-done={answeredAt !== null || undefined} role="status">
      {answeredAt === null && state !== 'ended' ? (
        <Loader size={18} type="dots" />
      ) : (
        <IconCircleCheckFilled size={20} aria-hidden />
      )}
      {words(call.data, phone, t)}
      {state !== 'ended' && node !== null && answeredAt !== null && <span className="mono">{node}</span>}
    </div>
  );
}

const words = (
  { state, answeredAt, cause }: Call,
  phone: string,
  t: ReturnType<typeof useTranslation>['t'],
): string => {
  if (answeredAt !== null)
    return state === 'ended'
      ? t('That was your first call. Dial {{number}} from the phone to have it again.', { number: NUMBER })
      : t('You are talking to your scenario. It is at:');
  return state === 'ended'
    ? t('Nobody picked up ({{cause}}).', { cause: cause ?? '' })
    : t('{{phone}} rings. Pick up!', { phone });
};

/** The scenario of an earlier try, or a new one: published, and with the number where nobody has it. */
async function firstScenario(name: string): Promise<string> {
  const numbers = await getAll<NumberBinding>('/numbers');
  const taken = numbers.find(({ pattern }) => pattern === NUMBER);
  if (taken) return taken.scenarioId;
  const { id } = await post<Scenario>('/scenarios', { name, document: documentOf(templates.menu, name) });
  await post(`/scenarios/${id}/versions`, {});
  await post('/numbers', { pattern: NUMBER, scenarioId: id, version: 'latest' });
  return id;
}
