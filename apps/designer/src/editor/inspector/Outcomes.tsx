import { Select, Stack } from '@mantine/core';
import { FAILED, nodesOf, type ScenarioNode } from '@callwright/scenario';
import { useTranslation } from 'react-i18next';
import { useDraft, useEditor, useSubflows } from '../EditorContext.js';
import { outcomesOf } from '../model/flow.js';
import classes from './Inspector.module.css';

/** Where each outcome leads: the same as the wires on the canvas, for hands on the keyboard. */
export function Outcomes({ node }: { node: ScenarioNode }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const nodes = useDraft((draft) => nodesOf(draft.document));
  const { outcomes, failedTarget } = outcomesOf(node, useSubflows());
  const targets = [...nodes.values()].map(({ id, label }) => ({ value: id, label: label ?? id }));
  const rows = [...outcomes, { name: FAILED, target: failedTarget, givenAs: null, unknown: false }];
  const unwired = (name: string, givenAs: string | null) =>
    name === FAILED
      ? t('the error path')
      : givenAs !== null
        ? t('as {{outcome}}', { outcome: givenAs })
        : t('ends the call');
  return (
    <section className={classes.section} aria-label={t('Outcomes')}>
      <h2 className={classes.subtitle}>{t('Outcomes')}</h2>
      <Stack gap={8}>
        {rows.map(({ name, target, givenAs }) => (
          <div key={name} className={classes.outcome}>
            <span
              className={classes.outcomeName}
              data-open={(target === null && givenAs === null && name !== FAILED) || undefined}
            >
              {name}
            </span>
            <Select
              size="xs"
              aria-label={t('Outcome {{name}} leads to', { name })}
              placeholder={unwired(name, givenAs)}
              data={targets}
              value={target}
              searchable
              clearable
              disabled={!editor.mayEdit}
              onChange={(to) => (to === null ? editor.unwire(node.id, name) : editor.wire(node.id, name, to))}
            />
          </div>
        ))}
      </Stack>
    </section>
  );
}
