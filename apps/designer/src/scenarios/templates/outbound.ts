import { msg } from '../../i18n/i18n.js';
import { goodbye, node, wires, type Template } from './template.js';

export const appointment: Template = {
  title: msg('Appointment reminder'),
  text: msg('For calls that the API places with a name and a time: confirm, cancel, or talk to somebody.'),
  edits: [
    node('remind', 'menu', 1, 0, {
      prompt: [
        { say: 'Hello. This is a reminder of your appointment on {{ params.when }}.' },
        { say: 'To confirm it, press 1. To cancel it, press 2. To talk to us, press 3.' },
      ],
      keys: { '1': 'confirm', '2': 'cancel', '3': 'talk' },
    }),
    node('confirmed', 'http-request', 2, -0.9, {
      method: 'POST',
      url: 'https://crm.example/appointments',
      body: { appointment: '{{ params.appointment }}', answer: 'confirmed' },
    }),
    node('cancelled', 'http-request', 2, 0.1, {
      method: 'POST',
      url: 'https://crm.example/appointments',
      body: { appointment: '{{ params.appointment }}', answer: 'cancelled' },
    }),
    node('desk', 'transfer', 2, 1.1, { to: 'phone:desk' }),
    node('thanks', 'say', 3, -0.6, { prompt: [{ say: 'Thank you, that is noted.' }] }),
    node('sorry', 'say', 3, 0.5, { prompt: [{ say: 'That could not be noted. We will call you again.' }] }),
    ...goodbye(4, 0, 'Goodbye.'),
    ...wires('answer', { answered: 'remind' }),
    ...wires('remind', {
      confirm: 'confirmed',
      cancel: 'cancelled',
      talk: 'desk',
      'no-input': 'goodbye',
      'no-match': 'goodbye',
    }),
    ...wires('confirmed', { ok: 'thanks', 'http-error': 'sorry', timeout: 'sorry', failed: 'sorry' }),
    ...wires('cancelled', { ok: 'thanks', 'http-error': 'sorry', timeout: 'sorry', failed: 'sorry' }),
    ...wires('desk', { returned: 'goodbye', busy: 'sorry', 'no-answer': 'sorry' }),
    ...wires('thanks', { done: 'goodbye' }),
    ...wires('sorry', { done: 'goodbye' }),
  ],
};

export const survey: Template = {
  title: msg('Survey'),
  text: msg('Two questions from one to five and room for a remark; the answers go to another system.'),
  edits: [
    node('first', 'get-digits', 1, 0, {
      prompt: [{ say: 'How content are you with our help, from one, not at all, to five, very much?' }],
      maxDigits: 1,
      pattern: '[1-5]',
      attempts: 2,
    }),
    node('second', 'get-digits', 2, 0, {
      prompt: [{ say: 'And how likely will you recommend us, from one to five?' }],
      maxDigits: 1,
      pattern: '[1-5]',
      attempts: 2,
    }),
    node('ask', 'say', 3, 0, { prompt: [{ say: 'If you wish, leave a remark after the tone.' }] }),
    node('remark', 'record', 4, 0, { name: 'remark', maxMs: 60_000 }),
    node('send', 'http-request', 5, -0.6, {
      method: 'POST',
      url: 'https://crm.example/surveys',
      body: { help: '{{ steps.first.digits }}', recommend: '{{ steps.second.digits }}', call: '{{ call.id }}' },
    }),
    ...goodbye(6, 0, 'Thank you very much. Goodbye.'),
    ...wires('answer', { answered: 'first' }),
    ...wires('first', { digits: 'second', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('second', { digits: 'ask', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('ask', { done: 'remark' }),
    ...wires('remark', { recorded: 'send', 'no-audio': 'send' }),
    ...wires('send', { ok: 'goodbye', 'http-error': 'goodbye', timeout: 'goodbye', failed: 'goodbye' }),
  ],
};
