import type { Step } from '@callwright/runtime/rehearsal';
import { t } from '../i18n/i18n.js';

/** A step of a test, in words. */
export function describeStep(step: Step): string {
  if ('hear' in step) return t('hears “{{words}}”', { words: step.hear });
  if ('press' in step) return t('presses {{keys}}', { keys: step.press });
  if ('wait' in step) return t('waits {{seconds}} s', { seconds: step.wait / 1000 });
  if ('hangUp' in step) return t('hangs up');
  if ('answer' in step)
    return t('{{node}} gives {{outcome}}', { node: step.answer.node, outcome: step.answer.outcome });
  const { node, outcome, vars, ended } = step.expect;
  const parts = [
    ...(node !== undefined && outcome === undefined ? [t('reaches {{node}}', { node })] : []),
    ...(outcome !== undefined
      ? [
          node === undefined
            ? t('the outcome is {{outcome}}', { outcome })
            : t('{{node}} gives {{outcome}}', { node, outcome }),
        ]
      : []),
    ...(vars !== undefined ? [t('the variables are {{values}}', { values: JSON.stringify(vars) })] : []),
    ...(ended === undefined
      ? []
      : [
          ended === false
            ? t('the call goes on')
            : ended === true
              ? t('the call has ended')
              : t('the call has ended: {{cause}}', { cause: ended }),
        ]),
  ];
  return parts.join(', ');
}
