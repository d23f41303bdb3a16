import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.js';
import { queries, useResource } from '../api/queries.js';
import type { Limits, LimitFigures } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { Problem } from '../ui/Problem.js';

export interface CloserLimitsDialogProps {
  /** Whose: outbound calls that a scenario places, or that go out on a trunk. */
  readonly of: { readonly scenarioId: string } | { readonly trunkId: string };
  readonly name: string;
  readonly onClose: () => void;
}

/** Limits of one scenario or trunk, beside those of the workspace: whichever is reached first holds. */
export function CloserLimitsDialog({ of, name, onClose }: CloserLimitsDialogProps) {
  const { t } = useTranslation();
  const limits = useQuery(queries.limits());
  return (
    <Modal opened onClose={onClose} title={t('Limits of {{name}}', { name })}>
      {limits.error && <Problem error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.data && <FiguresForm of={of} limits={limits.data} onClose={onClose} />}
    </Modal>
  );
}

const figures = ({ concurrentCalls, callsPerSecond, minutesPerDay }: LimitFigures) => ({
  concurrentCalls: concurrentCalls ?? '',
  callsPerSecond: callsPerSecond ?? '',
  minutesPerDay: minutesPerDay ?? '',
});

function FiguresForm({
  of,
  limits,
  onClose,
}: Pick<CloserLimitsDialogProps, 'of' | 'onClose'> & { readonly limits: Limits }) {
  const { t } = useTranslation();
  const { replace } = useResource<Limits>('/limits');
  const { scenarios, trunks, outboundPrefixes, deniedPrefixes, sipHosts, ...workspace } = limits;
  const isIt = (entry: object) =>
    Object.entries(of).every(([key, id]) => (entry as Record<string, unknown>)[key] === id);
  const form = useForm<Record<keyof LimitFigures, number | string>>({
    initialValues: figures([...scenarios, ...trunks].find(isIt) ?? {}),
  });
  const save = form.onSubmit((values) => {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    const mine = Object.keys(given).length > 0 ? [{ ...of, ...given }] : [];
    const others = <T extends object>(entries: readonly T[]) => entries.filter((entry) => !isIt(entry));
    const { callsPerSecond, concurrentCalls, minutesPerDay } = workspace;
    replace.mutate(
      {
        outboundPrefixes,
        deniedPrefixes,
        sipHosts,
        callsPerSecond,
        concurrentCalls,
        minutesPerDay,
        ...('scenarioId' in of
          ? { scenarios: [...others(scenarios), ...mine] }
          : { trunks: [...others(trunks), ...mine] }),
      },
      {
        onSuccess: () => {
          notify.done(t('The limits hold from the next call on.'));
          onClose();
        },
        onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
      },
    );
  });
  const figure = (field: keyof LimitFigures, label: string) => (
    <NumberInput
      label={label}
      placeholder={t('As in the workspace: {{figure}}', { figure: workspace[field] })}
      min={0}
      allowDecimal={false}
      {...form.getInputProps(field)}
    />
  );
  return (
    <form onSubmit={save}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('They hold beside the limits of the workspace. What is left empty is not limited further.')}
        </Text>
        {replace.error && <Problem error={replace.error} title={t('The limits were not saved')} />}
        {figure('concurrentCalls', t('Outbound calls at the same time'))}
        {figure('callsPerSecond', t('New outbound calls a second'))}
        {figure('minutesPerDay', t('Outbound minutes a day'))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={replace.isPending} disabled={!form.isDirty()}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
