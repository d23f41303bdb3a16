import { type NotificationData, notifications } from '@mantine/notifications';
import { t } from '../i18n/i18n.js';
import { describe } from './describe.js';

const show = (data: NotificationData) =>
  notifications.show({ ...data, closeButtonProps: { 'aria-label': t('Close') } });

/** A short word at the corner of the page. */
export const notify = {
  done: (message: string) => show({ message, color: 'exchange', autoClose: 3500 }),
  failed: (title: string, error: unknown) => show({ title, message: describe(error), color: 'red', autoClose: 9000 }),
};
