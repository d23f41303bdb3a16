import { msg } from '../../i18n/i18n.js';
import { goodbye, node, wires, type Template } from './template.js';

export const message: Template = {
  title: msg('Answering machine'),
  text: msg('Asks for a message, records it and tells another system where it is.'),
  edits: [
    node('greeting', 'say', 1, 0, {
      prompt: [{ say: 'Nobody can take your call now. Please leave a message after the tone.' }],
      bargeIn: false,
    }),
    node('message', 'record', 2, 0, { name: 'message', maxMs: 180_000 }),
    node('tell', 'http-request', 3, -0.6, {
      method: 'POST',
      url: 'https://crm.example/messages',
      body: { from: '{{ call.from }}', call: '{{ call.id }}', recording: '{{ steps.message.recording }}' },
    }),
    ...goodbye(4, 0, 'Thank you. Goodbye.'),
    ...wires('answer', { answered: 'greeting' }),
    ...wires('greeting', { done: 'message' }),
    ...wires('message', { recorded: 'tell', 'no-audio': 'goodbye' }),
    ...wires('tell', { ok: 'goodbye', 'http-error': 'goodbye', timeout: 'goodbye', failed: 'goodbye' }),
  ],
};

export const callMeBack: Template = {
  title: msg('Call me back'),
  text: msg('Nobody has to wait: the caller confirms the number, or enters another, and another system gets the wish.'),
  edits: [
    node('offer', 'menu', 1, 0, {
      prompt: [
        { say: 'All lines are busy. To be called back at the number that you call from, press 1.' },
        { say: 'To be called at another number, press 2.' },
      ],
      keys: { '1': 'here', '2': 'elsewhere' },
    }),
    node('number', 'get-digits', 2, 0.8, {
      prompt: [{ say: 'Please enter the number, and then the hash key.' }],
      minDigits: 5,
      maxDigits: 15,
      attempts: 2,
    }),
    node('this_number', 'set-variables', 2, -0.5, { assign: { number: '{{ call.from }}' } }),
    node('that_number', 'set-variables', 3, 0.5, { assign: { number: '{{ steps.number.digits }}' } }),
    node('wish', 'http-request', 4, -0.3, {
      method: 'POST',
      url: 'https://crm.example/callbacks',
      body: { number: '{{ vars.number }}', since: '{{ now }}' },
    }),
    node('promised', 'say', 5, -0.8, { prompt: [{ say: 'We will call you back today.' }] }),
    node('sorry', 'say', 5, 0.6, { prompt: [{ say: 'That did not work. Please call again later.' }] }),
    ...goodbye(6, 0, 'Goodbye.'),
    ...wires('answer', { answered: 'offer' }),
    ...wires('offer', { here: 'this_number', elsewhere: 'number', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('number', { digits: 'that_number', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('this_number', { done: 'wish' }),
    ...wires('that_number', { done: 'wish' }),
    ...wires('wish', { ok: 'promised', 'http-error': 'sorry', timeout: 'sorry', failed: 'sorry' }),
    ...wires('promised', { done: 'goodbye' }),
    ...wires('sorry', { done: 'goodbye' }),
  ],
};
