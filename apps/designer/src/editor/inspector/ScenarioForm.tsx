import { Button, Select, Stack, Text } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { errorPathOf, hangUpPathOf, initialOf, nodesOf, variablesOf } from '@callwright/scenario';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { queries, useMay } from '../../api/queries.js';
import type { Scenario } from '../../api/types.js';
import { CloserLimitsDialog } from '../../limits/CloserLimitsDialog.js';
import { useDraft, useEditor } from '../EditorContext.js';
import { AssignControl } from './controls/AssignControl.js';
import { NO_ERRORS } from './controls/control.js';
import classes from './Inspector.module.css';

/** The scenario itself: where calls begin, where they go when something ends them, and what is known from the start. */
export function ScenarioForm({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const mayLimit = useMay('admin');
  const [limiting, setLimiting] = useState(false);
  const document = useDraft((draft) => draft.document);
  const { data: versions } = useQuery(queries.versions(scenario.id));
  const latest = versions?.[0]?.version ?? scenario.latestVersion;
  const nodes = [...nodesOf(document).values()].map(({ id, label }) => ({ value: id, label: label ?? id }));
  return (
    <>
      <div className={classes.section}>
        <h2 className={classes.title}>{t('Scenario')}</h2>
        <Text size="sm" c="dimmed">
          {latest === null ? t('Not published yet.') : t('Version {{version}} is the latest.', { version: latest })}{' '}
          {t('Select a node to change it; drag from an outcome to wire it.')}
        </Text>
      </div>
      <fieldset
        className={`${classes.section} ${classes.fields}`}
        disabled={!editor.mayEdit}
        aria-label={t('Scenario settings')}
      >
        <Stack gap="md">
          <Select
            label={t('Start')}
            description={t('The first node of every call.')}
            data={nodes}
            value={initialOf(document)}
            searchable
            allowDeselect={false}
            onChange={(id) => id !== null && editor.setInitial(id)}
          />
          <Select
            label={t('On hang-up')}
            description={t('Runs when the caller has gone: write a log line, tell another system.')}
            placeholder={t('Nothing runs afterwards')}
            data={nodes}
            value={hangUpPathOf(document)}
            searchable
            clearable
            onChange={(id) => editor.setHangUpPath(id)}
          />
          <Select
            label={t('On error')}
            description={t('Where a failure goes whose outcome “failed” is not wired.')}
            placeholder={t('The call ends politely')}
            data={nodes}
            value={errorPathOf(document)}
            searchable
            clearable
            onChange={(id) => editor.setErrorPath(id)}
          />
          <AssignControl
            title={t('Variables at the start')}
            description={t('Call data that exists from the beginning, read as vars.name.')}
            value={variablesOf(document)}
            error={null}
            errors={NO_ERRORS}
            onChange={(value) => editor.setVariables((value ?? {}) as ReturnType<typeof variablesOf>)}
          />
        </Stack>
      </fieldset>
      {mayLimit && (
        <div className={classes.section}>
          <Button variant="default" size="xs" leftSection={<IconGauge size={16} />} onClick={() => setLimiting(true)}>
            {t('Limits of outbound calls…')}
          </Button>
          {limiting && (
            <CloserLimitsDialog
              of={{ scenarioId: scenario.id }}
              name={scenario.name}
              onClose={() => setLimiting(false)}
            />
          )}
        </div>
      )}
      <div className={classes.section}>
        <Text size="xs" c="dimmed">
          <Trans
            i18nKey="Id for subflows and <address>scenario:{{id}}</address>: <id>{{id}}</id>"
            values={{ id: document.id }}
            components={{ address: <code />, id: <code /> }}
          />
        </Text>
      </div>
    </>
  );
}
