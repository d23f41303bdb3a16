import { msg } from '../../i18n/i18n.js';
import { goodbye, node, wires, type Template } from './template.js';

const WORKDAY = [['09:00', '17:00']];
const WEEKLY = { mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY };

export const afterHours: Template = {
  title: msg('After hours'),
  text: msg('Connects during business hours; otherwise says when somebody is there, and takes a message.'),
  edits: [
    node('hours', 'business-hours', 1, 0, {
      schedule: {
        timeZone: 'Europe/Berlin',
        weekly: WEEKLY,
        holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: true }],
      },
    }),
    node('desk', 'transfer', 2, -0.8, { to: 'phone:desk', timeoutMs: 25_000 }),
    node('closed', 'say', 2, 0.3, {
      prompt: [{ say: 'We are closed. We are here from Monday to Friday, from nine to five.' }],
    }),
    node('holiday', 'say', 2, 1.1, { prompt: [{ say: 'We are closed because of the holiday.' }] }),
    node('ask', 'say', 3, 0.5, { prompt: [{ say: 'Please leave a message after the tone.' }] }),
    node('message', 'record', 4, 0.5, { name: 'message' }),
    ...goodbye(5, 0, 'Thank you for calling. Goodbye.'),
    ...wires('answer', { answered: 'hours' }),
    ...wires('hours', { open: 'desk', closed: 'closed', holiday: 'holiday' }),
    ...wires('desk', { returned: 'goodbye', busy: 'ask', 'no-answer': 'ask' }),
    ...wires('closed', { done: 'ask' }),
    ...wires('holiday', { done: 'ask' }),
    ...wires('ask', { done: 'message' }),
    ...wires('message', { recorded: 'goodbye', 'no-audio': 'goodbye' }),
  ],
};

export const emergency: Template = {
  title: msg('Emergency announcement'),
  text: msg(
    'One variable turns the whole line into an announcement: set it, publish, and every caller hears it first.',
  ),
  edits: [
    { type: 'set-variables', variables: { emergency: false } },
    node('override', 'branch', 1, 0, { cases: [{ when: 'vars.emergency', outcome: 'emergency' }] }),
    node('announcement', 'say', 2, 0.7, {
      prompt: [{ say: 'Because of a power cut we can be reached again from noon on. Nothing is lost.' }],
    }),
    node('urgent', 'menu', 3, 0.7, {
      prompt: [{ say: 'If it cannot wait, press 1.' }],
      keys: { '1': 'urgent' },
      attempts: 1,
    }),
    node('desk', 'transfer', 2, -0.6, { to: 'phone:desk', timeoutMs: 25_000 }),
    node('on_call', 'transfer', 4, 1, { to: 'phone:on-call' }),
    ...goodbye(5, 0, 'Thank you for calling. Goodbye.'),
    ...wires('answer', { answered: 'override' }),
    ...wires('override', { emergency: 'announcement', otherwise: 'desk' }),
    ...wires('announcement', { done: 'urgent' }),
    ...wires('urgent', { urgent: 'on_call', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('desk', { returned: 'goodbye', busy: 'goodbye', 'no-answer': 'goodbye' }),
    ...wires('on_call', { returned: 'goodbye', busy: 'goodbye', 'no-answer': 'goodbye' }),
  ],
};
