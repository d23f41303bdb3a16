import { notifications } from '@mantine/notifications';
import { describe } from './describe.js';

/** A short word at the corner of the page. */
export const notify = {
  done: (message: string) => notifications.show({ message, color: 'exchange', autoClose: 3500 }),
  failed: (title: string, error: unknown) =>
    notifications.show({ title, message: describe(error), color: 'red', autoClose: 9000 }),
};
