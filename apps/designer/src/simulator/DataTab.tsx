import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { outputsOf, useTryOut } from './useTryIt.js';
import classes from './TryPanel.module.css';

/** What the scenario knows at this moment: its variables, and what each node gave. */
export function DataTab() {
  const { t } = useTranslation();
  const events = useTryOut((state) => state.events);
  const variables = useTryOut((state) => state.variables);
  const setup = useTryOut((state) => state.setup);
  const outputs = useMemo(() => outputsOf(events), [events]);
  return (
    <div className={classes.data} data-testid="try-data">
      <Values name="vars" values={Object.entries(variables)} none={t('No variables yet.')} />
      <Values name="steps" values={[...outputs]} none={t('No node has been left yet.')} />
      <Values name="params" values={Object.entries(setup?.parameters ?? {})} none={t('None.')} />
    </div>
  );
}

function Values({
  name: title,
  values,
  none,
}: {
  /** As expressions call it. */
  name: string;
  values: readonly (readonly [string, unknown])[];
  none: string;
}) {
  return (
    <section aria-label={title}>
      <h3 className={classes.dataTitle}>{title}</h3>
      {values.length === 0 && <p className={classes.hint}>{none}</p>}
      <dl className={classes.values}>
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
