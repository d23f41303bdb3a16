import { Alert, Button, Group, NumberInput, Stack, TagsInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.js';
import { queries, useMay, useResource } from '../api/queries.js';
import type { Limits } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';

/** What may go out, and how much of it. */
export function LimitsPage() {
  const { t } = useTranslation();
  const limits = useQuery(queries.limits());
  return (
    <Page
      title={t('Limits')}
      intro={t(
        'Nothing goes out unless it is allowed here. This is what stands between a stolen password and a telephone bill.',
      )}
    >
      {limits.error && <Problem error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.data && <LimitsForm limits={limits.data} />}
    </Page>
  );
}

function LimitsForm({ limits }: { limits: Limits }) {
  const { t } = useTranslation();
  const may = useMay('admin');
  const { replace } = useResource<Limits>('/limits');
  const { outboundPrefixes, deniedPrefixes, sipHosts, callsPerSecond, concurrentCalls, minutesPerDay } = limits;
  const form = useForm({
    initialValues: {
      outboundPrefixes: [...outboundPrefixes],
      deniedPrefixes: [...deniedPrefixes],
      sipHosts: [...sipHosts],
      callsPerSecond,
      concurrentCalls,
      minutesPerDay,
    },
  });
  const save = form.onSubmit((values) => {
    replace.mutate(values, {
      onSuccess: () => {
        form.resetDirty();
        notify.done(t('The limits hold from the next call on.'));
      },
      onError: (error) => error instanceof ApiError && form.setErrors(error.fields),
    });
  });
  return (
    <Sheet padded label={t('Limits')}>
      <form onSubmit={save}>
        <fieldset disabled={!may} style={{ border: 0, margin: 0, padding: 0 }}>
          <Stack maw={560}>
            {outboundPrefixes.length === 0 && (
              <Alert variant="light" color="gray" icon={<IconShieldCheck size={18} />} title={t('Nothing goes out')}>
                {t('Registered phones can always be called. To call the outside, allow the prefixes that you need.')}
              </Alert>
            )}
            {replace.error && <Problem error={replace.error} title={t('The limits were not saved')} />}
            <TagsInput
              label={t('Allowed prefixes')}
              description={t('Numbers that may be called begin with one of these: +370, +44')}
              clearable
              {...form.getInputProps('outboundPrefixes')}
            />
            <TagsInput
              label={t('Denied prefixes')}
              description={t('Exceptions, such as premium numbers: +370900')}
              clearable
              {...form.getInputProps('deniedPrefixes')}
            />
            <TagsInput
              label={t('SIP hosts')}
              description={t('Hosts that sip: addresses may name.')}
              clearable
              {...form.getInputProps('sipHosts')}
            />
            <NumberInput label={t('New outbound calls a second')} min={0} {...form.getInputProps('callsPerSecond')} />
            <NumberInput
              label={t('Outbound calls at the same time')}
              min={0}
              {...form.getInputProps('concurrentCalls')}
            />
            <NumberInput label={t('Outbound minutes a day')} min={0} {...form.getInputProps('minutesPerDay')} />
            {may && (
              <Group>
                <Button type="submit" loading={replace.isPending} disabled={!form.isDirty()}>
                  {t('Save')}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Sheet>
  );
}
