import { Loader } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Phone } from '../api/types.js';
import classes from './PhoneSettings.module.css';

/** Whether it is there yet; said aloud when it changes. */
export function RegisteredState({ phone }: { phone: Phone }) {
  const { t } = useTranslation();
  const there = phone.registered.length > 0;
  return (
    <div className={classes.state} data-there={there || undefined} role="status">
      {there ? <IconCircleCheckFilled size={20} aria-hidden /> : <Loader size={18} />}
      {there
        ? t('{{phone}} is registered and can be called.', { phone: phone.username })
        : t('Waiting for {{phone}} to register…', { phone: phone.username })}
    </div>
  );
}
