import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ValueList } from '../ui/ValueList.js';
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
      <ValueList name="vars" values={Object.entries(variables)} none={t('No variables yet.')} />
      <ValueList name="steps" values={[...outputs]} none={t('No node has been left yet.')} />
      <ValueList name="params" values={Object.entries(setup?.parameters ?? {})} none={t('None.')} />
    </div>
  );
}
