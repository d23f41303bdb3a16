import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isCallwrightError } from '@callwright/kernel';
import { sameJson, type ScenarioDocument } from '@callwright/scenario';
import type { LoggedEvent } from '../api/types.js';
import { ValueList } from '../ui/ValueList.js';
import { knowledgeAfter, type Knowledge } from './moments.js';
import classes from './CallPage.module.css';

export interface KnownProps {
  readonly document: ScenarioDocument;
  readonly events: readonly LoggedEvent[];
  /** Which event has just happened. */
  readonly index: number;
}

/** What the scenario knew at a moment, rebuilt from the log; what the last step changed stands out. */
export function Known({ document, events, index }: KnownProps) {
  const { t } = useTranslation();
  const known = useMemo(() => knowledge(document, events.slice(0, index + 1)), [document, events, index]);
  const before = useMemo(() => knowledge(document, events.slice(0, index)), [document, events, index]);
  if (!known)
    return <p className={classes.none}>{t('The log does not fit the drawing: it has changed since this call.')}</p>;
  return (
    <div className={classes.known} data-testid="known">
      <ValueList
        name="vars"
        values={Object.entries(known.vars)}
        none={t('No variables yet.')}
        changed={changedIn(before?.vars, known.vars)}
      />
      <ValueList
        name="steps"
        values={Object.entries(known.steps)}
        none={t('No node has been left yet.')}
        changed={changedIn(before?.steps, known.steps)}
      />
    </div>
  );
}

/** Null: the document is not the one that the call ran; of a draft only the present one is left. */
function knowledge(document: ScenarioDocument, events: readonly LoggedEvent[]): Knowledge | null {
  try {
    return knowledgeAfter(document, events);
  } catch (error) {
    if (isCallwrightError(error) && error.code === 'run.replay-diverged') return null;
    throw error;
  }
}

const changedIn = (before: object = {}, after: object): ReadonlySet<string> =>
  new Set(
    Object.entries(after).flatMap(([name, value]) =>
      sameJson((before as Record<string, unknown>)[name], value) ? [] : [name],
    ),
  );
