import { ActionIcon, Collapse, UnstyledButton } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconCircleXFilled, IconTrash } from '@tabler/icons-react';
import type { ScenarioTest, TestReport } from '@callwright/runtime/rehearsal';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeStep } from './describeStep.js';
import classes from './Tests.module.css';

/** One test: its name, how it went, and what it does. */
export function TestRow({
  test,
  report,
  onRemove,
}: {
  test: ScenarioTest;
  report: TestReport | null;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const state = report === null ? 'idle' : report.passed ? 'passed' : 'failed';
  const Icon = { idle: IconCircleDashed, passed: IconCircleCheckFilled, failed: IconCircleXFilled }[state];
  const said = { idle: t('not run'), passed: t('passed'), failed: t('failed') }[state];
  return (
    <li className={classes.test} data-state={state}>
      <div className={classes.row}>
        <UnstyledButton className={classes.name} onClick={() => setOpen(!open)} aria-expanded={open}>
          <Icon size={17} aria-label={said} role="img" />
          <span>{test.name}</span>
        </UnstyledButton>
        {onRemove && (
          <ActionIcon size="sm" onClick={onRemove} aria-label={t('Remove the test {{name}}', { name: test.name })}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </div>
      {report?.failure && <p className={classes.failure}>{`${report.failure.step}. ${report.failure.message}`}</p>}
      <Collapse expanded={open}>
        <ol className={classes.steps}>
          {test.steps.map((step, index) => (
            <li key={index} data-failed={report?.failure?.step === index + 1 || undefined}>
              {describeStep(step)}
            </li>
          ))}
        </ol>
      </Collapse>
    </li>
  );
}
