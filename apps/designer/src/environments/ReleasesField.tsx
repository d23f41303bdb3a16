import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OwnFieldProps } from '../resources/ResourceForm.js';

/** Whether the newest version answers by itself, or only one that somebody promoted. */
export function ReleasesField({ field, value, error, onChange }: Omit<OwnFieldProps, 'values'>) {
  const { t } = useTranslation();
  return (
    <Select
      label={field.label}
      allowDeselect={false}
      error={error}
      data={[
        { value: 'promoted', label: t('Only a version that was promoted runs here') },
        { value: 'automatic', label: t('Every new version runs here at once') },
      ]}
      value={String(value)}
      onChange={onChange}
    />
  );
}
