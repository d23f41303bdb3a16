import { Anchor, Button, Group, Select, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { patch, post } from '../api/client.js';
import { queries, useMay } from '../api/queries.js';
import type { Environment } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useAddressFilters } from '../ui/useAddressFilters.js';
import { NamesTable } from './NamesTable.js';
import { Promotions } from './Promotions.js';
import { ReleasesField } from './ReleasesField.js';
import classes from './EnvironmentPage.module.css';

/** One environment: what the names of a version stand for in it, which are missing, and the versions that were promoted to it. */
export function EnvironmentPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const environment = useQuery(queries.environment(id));
  return (
    <Page
      title={environment.data?.name ?? t('Environment')}
      wide
      intro={
        <Anchor component={Link} to="/environments" size="sm">
          <IconArrowLeft size={14} aria-hidden /> {t('Environments')}
        </Anchor>
      }
    >
      {environment.error && <Problem error={environment.error} onRetry={() => void environment.refetch()} />}
      {environment.isPending && <Skeleton height={160} />}
      {environment.data && <OneEnvironment environment={environment.data} />}
    </Page>
  );
}

function OneEnvironment({ environment }: { environment: Environment }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useMay('operator');
  const { filters, setFilter } = useAddressFilters(['scenario']);
  /** Null: the newest. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [comment, setComment] = useState('');
  const scenarios = useQuery(queries.scenarios());
  const scenarioId = filters.scenario ?? '';
  const versions = useQuery({ ...queries.versions(scenarioId), enabled: scenarioId !== '' });
  const version = chosen ?? versions.data?.[0]?.version ?? 0;
  const readiness = useQuery({
    ...queries.readiness(environment.id, scenarioId, version),
    enabled: scenarioId !== '' && version > 0,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['environments'] });
  const change = useMutation({
    mutationFn: (body: Partial<Pick<Environment, 'releases' | 'bindings'>>) =>
      patch(`/environments/${environment.id}`, body),
    onSuccess: refresh,
    onError: (error) => notify.failed(t('The environment was not changed'), error),
  });
  const promote = useMutation({
    mutationFn: () => post(`/environments/${environment.id}/promotions`, { scenarioId, version, comment }),
    onSuccess: () => {
      notify.done(t('Version {{version}} runs in {{environment}}.', { version, environment: environment.name }));
      setComment('');
      return refresh();
    },
    onError: (error) => notify.failed(t('The version was not promoted'), error),
  });
  const bind = (kind: keyof Environment['bindings'], name: string, standsFor: string) => {
    const { [name]: _before, ...others } = environment.bindings[kind] ?? {};
    const ofKind = standsFor === '' || standsFor === name ? others : { ...others, [name]: standsFor };
    change.mutate({ bindings: { ...environment.bindings, [kind]: ofKind } });
  };
  const missing = readiness.data?.names.filter((name) => name.missing).length ?? 0;
  return (
    <div className={classes.parts}>
      <div className={classes.choice}>
        <ReleasesField
          field={{ name: 'releases', label: t('Versions'), kind: 'own' }}
          value={environment.releases}
          error={null}
          onChange={(releases) => change.mutate({ releases: releases as Environment['releases'] })}
        />
        <Select
          label={t('Scenario')}
          placeholder={t('Choose a scenario')}
          searchable
          data={(scenarios.data ?? [])
            .filter(({ latestVersion }) => latestVersion !== null)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={filters.scenario ?? null}
          onChange={(value) => {
            setFilter('scenario', value);
            setChosen(null);
          }}
        />
        <Select
          label={t('Version')}
          disabled={scenarioId === ''}
          allowDeselect={false}
          data={(versions.data ?? []).map((item) => ({
            value: String(item.version),
            label: `${t('Version {{version}}', { version: item.version })}${item.comment ? ` · ${item.comment}` : ''}`,
          }))}
          value={version > 0 ? String(version) : null}
          onChange={(value) => setChosen(Number(value))}
        />
      </div>
      {readiness.error && <Problem error={readiness.error} onRetry={() => void readiness.refetch()} />}
      {readiness.data && (
        <Sheet label={t('What its names stand for here')}>
          <NamesTable names={readiness.data.names} mayChange={may} onBind={bind} />
          {may && (
            <Group className={classes.promote} align="end">
              <TextInput
                className={classes.comment}
                label={t('Comment')}
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
              />
              <Button
                leftSection={<IconRocket size={16} />}
                disabled={missing > 0}
                loading={promote.isPending}
                onClick={() => promote.mutate()}
              >
                {t('Promote version {{version}}', { version })}
              </Button>
              {missing > 0 && (
                <p className={classes.missing} role="status">
                  {t('{{count}} names are missing: bind them first.', { count: missing })}
                </p>
              )}
            </Group>
          )}
        </Sheet>
      )}
      <Promotions environment={environment} />
    </div>
  );
}
