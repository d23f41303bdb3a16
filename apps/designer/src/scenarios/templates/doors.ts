import { msg } from '../../i18n/i18n.js';
import { goodbye, node, wires, type Template } from './template.js';

export const pin: Template = {
  title: msg('PIN check'),
  text: msg('Asks for a PIN that appears in no log, lets another system check it, and opens or refuses.'),
  edits: [
    node('pin', 'get-digits', 1, 0, {
      prompt: [{ say: 'Please enter your PIN, and then the hash key.' }],
      minDigits: 4,
      maxDigits: 8,
      attempts: 3,
      secret: true,
    }),
    node('check', 'http-request', 2, 0, {
      method: 'POST',
      url: 'https://crm.example/pins/check',
      body: { from: '{{ call.from }}', pin: '{{ steps.pin.digits }}' },
    }),
    node('verdict', 'branch', 3, -0.4, { cases: [{ when: 'steps.check.body.valid = true', outcome: 'valid' }] }),
    node('welcome', 'say', 4, -0.8, { prompt: [{ say: 'Thank you. I connect you.' }] }),
    node('inside', 'transfer', 5, -0.8, { to: 'phone:members' }),
    node('refused', 'say', 4, 0.7, { prompt: [{ say: 'This PIN is not known.' }] }),
    ...goodbye(6, 0, 'Goodbye.'),
    ...wires('answer', { answered: 'pin' }),
    ...wires('pin', { digits: 'check', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('check', { ok: 'verdict', 'http-error': 'refused', timeout: 'refused', failed: 'refused' }),
    ...wires('verdict', { valid: 'welcome', otherwise: 'refused' }),
    ...wires('welcome', { done: 'inside' }),
    ...wires('inside', { returned: 'goodbye', busy: 'goodbye', 'no-answer': 'goodbye' }),
    ...wires('refused', { done: 'goodbye' }),
  ],
};

export const conference: Template = {
  title: msg('Conference room'),
  text: msg('Each room has a number; who enters the same one meets. Star leaves the room.'),
  edits: [
    node('room', 'get-digits', 1, 0, {
      prompt: [{ say: 'Please enter the number of your room, and then the hash key.' }],
      minDigits: 2,
      maxDigits: 6,
      attempts: 3,
    }),
    node('name', 'say', 2, -0.5, { prompt: [{ say: 'Please say your name after the tone.' }] }),
    node('my_name', 'record', 3, -0.5, { name: 'name', maxMs: 4000, silenceMs: 1500 }),
    node('meet', 'conference', 4, -0.3, {
      room: '{{ steps.room.digits }}',
      muteKey: '6',
      unmuteKey: '6',
      entry: [{ tone: 'beep' }],
      exit: [{ tone: 'beep' }],
    }),
    ...goodbye(5, 0, 'You have left the room. Goodbye.'),
    ...wires('answer', { answered: 'room' }),
    ...wires('room', { digits: 'name', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('name', { done: 'my_name' }),
    ...wires('my_name', { recorded: 'meet', 'no-audio': 'meet' }),
    ...wires('meet', { left: 'goodbye', ended: 'goodbye' }),
  ],
};
