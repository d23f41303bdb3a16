import { msg } from '../../i18n/i18n.js';
import { goodbye, node, wires, type Template } from './template.js';

export const menu: Template = {
  title: msg('Front desk'),
  text: msg('Answers, offers two choices, connects a phone or takes a message.'),
  edits: [
    node('menu', 'menu', 1, 0, {
      prompt: [{ say: 'Welcome. For a colleague, press 1. To leave a message, press 2.' }],
      keys: { '1': 'colleague', '2': 'message' },
    }),
    node('colleague', 'transfer', 2, -0.6, { to: 'phone:desk', timeoutMs: 25_000 }),
    node('message', 'record', 3, 0.5, { name: 'message' }),
    ...goodbye(4, 0, 'Thank you for calling. Goodbye.'),
    ...wires('answer', { answered: 'menu' }),
    ...wires('menu', { colleague: 'colleague', message: 'message', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('colleague', { returned: 'goodbye', busy: 'message', 'no-answer': 'message' }),
    ...wires('message', { recorded: 'goodbye', 'no-audio': 'goodbye' }),
  ],
};

export const directory: Template = {
  title: msg('Directory by extension'),
  text: msg('The caller enters a three-digit extension, and the phone of that name rings.'),
  edits: [
    node('extension', 'get-digits', 1, 0, {
      prompt: [{ say: 'Please enter the three digits of the extension that you want to reach.' }],
      minDigits: 3,
      maxDigits: 3,
      attempts: 3,
      noMatchPrompts: [[{ say: 'An extension has three digits. Please try again.' }]],
    }),
    node('connect', 'transfer', 2, -0.5, { to: 'phone:{{ steps.extension.digits }}', timeoutMs: 25_000 }),
    node('nobody', 'say', 3, 0.3, { prompt: [{ say: 'Nobody answers at that extension.' }] }),
    ...goodbye(4, 0, 'Goodbye.'),
    ...wires('answer', { answered: 'extension' }),
    ...wires('extension', { digits: 'connect', 'no-input': 'goodbye', 'no-match': 'goodbye' }),
    ...wires('connect', { returned: 'goodbye', busy: 'nobody', 'no-answer': 'nobody', failed: 'nobody' }),
    ...wires('nobody', { done: 'extension' }),
  ],
};

export const hunt: Template = {
  title: msg('One after the other'),
  text: msg('Rings the first phone, then the second; when nobody is there, the caller leaves a message.'),
  edits: [
    node('welcome', 'say', 1, 0, { prompt: [{ say: 'One moment please, I am looking for somebody for you.' }] }),
    node('first', 'transfer', 2, 0, { to: 'phone:first', timeoutMs: 15_000 }),
    node('second', 'transfer', 3, 0.6, { to: 'phone:second', timeoutMs: 15_000 }),
    node('sorry', 'say', 4, 1.2, { prompt: [{ say: 'Everybody is busy. Please leave a message after the tone.' }] }),
    node('message', 'record', 5, 1.2, { name: 'message' }),
    ...goodbye(6, 0, 'Thank you for calling. Goodbye.'),
    ...wires('answer', { answered: 'welcome' }),
    ...wires('welcome', { done: 'first' }),
    ...wires('first', { returned: 'goodbye', busy: 'second', 'no-answer': 'second', failed: 'second' }),
    ...wires('second', { returned: 'goodbye', busy: 'sorry', 'no-answer': 'sorry', failed: 'sorry' }),
    ...wires('sorry', { done: 'message' }),
    ...wires('message', { recorded: 'goodbye', 'no-audio': 'goodbye' }),
  ],
};

export const languages: Template = {
  title: msg('Menu in two languages'),
  text: msg('Asks for the language once; everything after it is said in that language.'),
  edits: [
    node('language', 'menu', 1, 0, {
      prompt: [{ say: 'For English, press 1.' }, { say: 'Für Deutsch drücken Sie die 2.' }],
      keys: { '1': 'english', '2': 'german' },
    }),
    node('english', 'menu', 2, -0.8, {
      prompt: [{ say: 'For sales, press 1. For support, press 2.' }],
      keys: { '1': 'sales', '2': 'support' },
      language: 'en',
    }),
    node('german', 'menu', 2, 0.8, {
      prompt: [{ say: 'Für den Verkauf drücken Sie die 1. Für den Kundendienst drücken Sie die 2.' }],
      keys: { '1': 'sales', '2': 'support' },
      language: 'de',
    }),
    node('sales', 'transfer', 3, -0.6, { to: 'phone:sales' }),
    node('support', 'transfer', 3, 0.6, { to: 'phone:support' }),
    ...goodbye(4, 0, 'Goodbye.'),
    ...wires('answer', { answered: 'language' }),
    ...wires('language', { english: 'english', german: 'german', 'no-input': 'english', 'no-match': 'english' }),
    ...wires('english', { sales: 'sales', support: 'support', 'no-input': 'support', 'no-match': 'support' }),
    ...wires('german', { sales: 'sales', support: 'support', 'no-input': 'support', 'no-match': 'support' }),
    ...wires('sales', { returned: 'goodbye', busy: 'goodbye', 'no-answer': 'goodbye' }),
    ...wires('support', { returned: 'goodbye', busy: 'goodbye', 'no-answer': 'goodbye' }),
  ],
};
