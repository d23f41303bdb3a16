import { Badge, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { NumberBinding } from '../api/types.js';
import type { OwnFieldProps } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { Ago } from '../ui/Ago.js';

/** Which number leads to which scenario. */
export function NumbersPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<NumberBinding>
      title={t('Numbers')}
      intro={t(
        'A call is looked up by what was dialled: the exact number first, then the longest prefix. Calls in progress keep the version that they began with.',
      )}
      add={t('Add a number')}
      addIt={t('Add the number')}
      path="/numbers"
      query={queries.numbers()}
      role="operator"
      nameOf={({ pattern }) => pattern}
      columns={[
        { title: t('Number'), cell: ({ pattern }) => <b className="tabular">{pattern}</b> },
        { title: t('Scenario'), cell: ({ scenarioId }) => <ScenarioLink id={scenarioId} /> },
        {
          title: t('Version'),
          cell: ({ version }) => (
            <Badge variant="light" color={colorOf(version)} tt="none">
              {typeof version === 'number' ? `v${version}` : version === 'latest' ? t('latest') : t('draft')}
            </Badge>
          ),
        },
        { title: t('Environment'), cell: ({ environment }) => environment },
        { title: t('Changed'), cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
      ]}
      fields={[
        {
          name: 'pattern',
          label: t('Number'),
          description: t('As callers dial it, or a prefix with * at its end: +3705*'),
          kind: 'text',
          required: true,
          placeholder: '1000',
        },
        {
          name: 'scenarioId',
          label: t('Scenario'),
          description: t('A scenario that is not published yet can have a test number.'),
          kind: 'own',
          draw: ScenarioField,
          validate: (value) => (value ? null : t('Choose a scenario')),
        },
        { name: 'version', label: t('Version'), kind: 'own', draw: VersionField, initial: 'latest' },
        {
          name: 'environment',
          label: t('Environment'),
          kind: 'own',
          draw: EnvironmentField,
          initial: 'production',
        },
      ]}
      deleteText={t('Calls to it get “not found” from then on. Calls in progress go on.')}
      empty={{
        icon: IconHash,
        title: t('No number leads anywhere yet'),
        children: t(
          'Bind a number to a published scenario. 1000 is a good one to begin with: every registered phone can dial it.',
        ),
      }}
    />
  );
}

const colorOf = (version: NumberBinding['version']) =>
  version === 'latest' ? undefined : version === 'draft' ? 'orange' : 'gray';

function ScenarioLink({ id }: { id: string }) {
  const { data } = useQuery(queries.scenarios());
  const scenario = data?.find((candidate) => candidate.id === id);
  return (
    <Link to={`/scenarios/${id}`} className="row-link">
      {scenario?.name ?? id}
    </Link>
  );
}

function ScenarioField({ field, value, error, onChange }: OwnFieldProps) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.scenarios());
  return (
    <Select
      label={field.label}
      description={field.description}
      required
      searchable
      error={error}
      data={(data ?? []).map(({ id, name, latestVersion }) => ({
        value: id,
        label: latestVersion === null ? t('{{name}} (not published)', { name }) : name,
      }))}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
    />
  );
}

function VersionField({ field, value, values, error, onChange }: OwnFieldProps) {
  const { t } = useTranslation();
  const id = typeof values['scenarioId'] === 'string' ? values['scenarioId'] : '';
  const { data } = useQuery({ ...queries.versions(id), enabled: id !== '' });
  return (
    <Select
      label={field.label}
      allowDeselect={false}
      error={error}
      data={[
        { value: 'latest', label: t('Latest: every new version at once') },
        { value: 'draft', label: t('Test number: the draft, as it was last saved') },
        ...(data ?? []).map(({ version, comment }) => ({
          value: String(version),
          label: `${t('Version {{version}}', { version })}${comment ? ` · ${comment}` : ''}`,
        })),
      ]}
      value={String(value)}
      onChange={(next) =>
        onChange(next === null || next === 'latest' || next === 'draft' ? (next ?? 'latest') : Number(next))
      }
    />
  );
}

function EnvironmentField({ field, value, error, onChange }: OwnFieldProps) {
  const { data } = useQuery(queries.environments());
  return (
    <Select
      label={field.label}
      allowDeselect={false}
      error={error}
      data={(data ?? []).map(({ name }) => name)}
      value={String(value)}
      onChange={onChange}
    />
  );
}
