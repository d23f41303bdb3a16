import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';

/** When a fax is tried, as the fields hold it: local times (`2026-03-02T10:00`) or empty. */
export interface Times {
  readonly schedule: string | null;
  readonly notBefore: string;
  readonly notAfter: string;
}

export const ANY_TIME: Times = { schedule: null, notBefore: '', notAfter: '' };

/** The same as fields of a request; what is not filled in is left out. */
export function timesAsFields({ schedule, notBefore, notAfter }: Times): [string, string][] {
  const fields: [string, string][] = [];
  if (schedule !== null) fields.push(['schedule', schedule]);
  if (notBefore !== '') fields.push(['notBefore', new Date(notBefore).toISOString()]);
  if (notAfter !== '') fields.push(['notAfter', new Date(notAfter).toISOString()]);
  return fields;
}

export interface FaxTimesProps {
  readonly times: Times;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (times: Times) => void;
}

/** From when, until when and in which hours a fax is tried. */
export function FaxTimes({ times, problems, onChange }: FaxTimesProps) {
  const { t } = useTranslation();
  const schedules = useQuery(queries.schedules());
  const names = schedules.data?.map(({ name }) => name) ?? [];
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          label={t('Not before')}
          value={times.notBefore}
          error={problems['notBefore']}
          onChange={(event) => onChange({ ...times, notBefore: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('Give up after')}
          value={times.notAfter}
          error={problems['notAfter']}
          onChange={(event) => onChange({ ...times, notAfter: event.currentTarget.value })}
        />
      </Group>
      <Select
        label={t('Only in the hours of')}
        placeholder={t('Any time')}
        data={names}
        value={times.schedule}
        clearable
        disabled={names.length === 0}
        description={names.length === 0 && schedules.isSuccess ? t('There is no schedule yet.') : undefined}
        onChange={(schedule) => onChange({ ...times, schedule })}
      />
    </>
  );
}
