import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../../api/queries.js';
import { orUnset, textOf, type ControlProps } from './control.js';
import { MediaField } from './MediaField.js';

/** A stored thing by its name; a name that does not exist yet may be written as well. */
export function Pick({
  names,
  placeholder,
  title,
  description,
  required,
  value,
  error,
  onChange,
  rightSection,
}: Omit<ControlProps, 'errors'> & { names: readonly string[]; placeholder: string; rightSection?: ReactNode }) {
  return (
    <Autocomplete
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      placeholder={placeholder}
      data={[...new Set(names)]}
      value={textOf(value)}
      rightSection={rightSection}
      onChange={(text) => onChange(orUnset(text, required))}
    />
  );
}

export function MediaControl({ title, description, required, value, error, onChange }: ControlProps) {
  return (
    <MediaField
      label={title}
      description={description}
      withAsterisk={required}
      error={error}
      value={textOf(value)}
      onChange={(name) => onChange(orUnset(name, required))}
    />
  );
}

/** Another scenario, by the id of its document. */
export function ScenarioControl(props: ControlProps) {
  const { t } = useTranslation();
  const scenarios = useQuery(queries.scenarios());
  return (
    <Pick
      {...props}
      names={(scenarios.data ?? []).map(({ documentId }) => documentId)}
      placeholder={t('Id of a scenario')}
    />
  );
}

/** A voice that can speak here, with its language. */
export function VoiceControl(props: ControlProps) {
  const { t } = useTranslation();
  const { data: voices = [] } = useQuery(queries.voices());
  return <Pick {...props} names={voices.map(({ name }) => name)} placeholder={t('The voice of the language')} />;
}

const EXAMPLE_LANGUAGE = 'en';

/** A language in which something can speak here. */
export function LanguageControl(props: ControlProps) {
  const { data: voices = [] } = useQuery(queries.voices());
  return <Pick {...props} names={voices.map(({ language }) => language).toSorted()} placeholder={EXAMPLE_LANGUAGE} />;
}
