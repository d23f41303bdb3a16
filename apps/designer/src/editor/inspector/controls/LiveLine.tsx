import type { Json } from '@callwright/kernel';
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTrial } from '../sample/SampleContext.js';
import classes from './ExpressionField.module.css';

/** What a text comes to, and for which call. */
export function LiveLine({ value }: { value: Json }) {
  const { t } = useTranslation();
  const { call } = useTrial().sample;
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return (
    <div className={classes.live} role="status">
      <span aria-hidden>=</span>
      <code>{text}</code>
      <Tooltip
        label={
          call
            ? t('With what the last call left, from {{number}}', { number: call.from })
            : t('There was no call yet: with made-up values')
        }
      >
        <span>{call ? t('last call') : t('example')}</span>
      </Tooltip>
    </div>
  );
}
