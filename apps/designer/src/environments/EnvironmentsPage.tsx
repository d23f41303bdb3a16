import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { Environment } from '../api/types.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ReleasesField } from './ReleasesField.js';

/** Where scenarios run: production, and whatever comes before it. */
export function EnvironmentsPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<Environment>
      title={t('Environments')}
      intro={t(
        'The same version of a scenario runs in each: names of media, trunks, phones, schedules and secrets stand for other things there, and a version comes in when it is promoted.',
      )}
      add={t('Add an environment')}
      addIt={t('Add the environment')}
      path="/environments"
      query={queries.environments()}
      role="operator"
      nameOf={({ name }) => name}
      mayChange={false}
      columns={[
        {
          title: t('Name'),
          cell: ({ id, name }) => (
            <Link to={`/environments/${id}`} className="row-link">
              {name}
            </Link>
          ),
        },
        { title: t('Versions'), cell: ({ releases }) => <Releases releases={releases} /> },
        { title: t('Other names'), cell: ({ bindings }) => Object.values(bindings).flatMap(Object.keys).length },
        { title: t('Numbers'), cell: ({ name }) => <Numbers of={name} /> },
      ]}
      fields={[
        { name: 'name', label: t('Name'), kind: 'text', required: true, placeholder: 'staging' },
        { name: 'releases', label: t('Versions'), kind: 'own', draw: ReleasesField, initial: 'promoted' },
      ]}
      deleteText={t(
        'What was promoted to it is forgotten. An environment that has numbers, and production, cannot go.',
      )}
      empty={{ icon: IconStack2, title: t('No environments') }}
    />
  );
}

function Releases({ releases }: Pick<Environment, 'releases'>) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={releases === 'automatic' ? undefined : 'gray'}>
      {releases === 'automatic' ? t('every new one at once') : t('only promoted ones')}
    </Badge>
  );
}

function Numbers({ of }: { of: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.numbers());
  const patterns = (data ?? []).filter(({ environment }) => environment === of).map(({ pattern }) => pattern);
  return <span className="tabular">{patterns.length === 0 ? t('none') : patterns.join(', ')}</span>;
}
