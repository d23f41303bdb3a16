import type { JsonObject } from '@callwright/kernel';
import { applyEdits, idFrom, newScenario, type Edit, type ScenarioDocument } from '@callwright/scenario';

/** What a new scenario can begin with. Made by the same operations as everything that is drawn. */
export const starters = {
  menu: {
    title: 'A menu',
    text: 'Answers, offers two choices, connects a phone or takes a message.',
    document: (name: string) => build(name, menuEdits),
  },
  message: {
    title: 'An answering machine',
    text: 'Answers, asks for a message, records it and says goodbye.',
    document: (name: string) => build(name, messageEdits),
  },
  empty: {
    title: 'An empty canvas',
    text: 'Only the answer; the rest is yours.',
    document: (name: string) => build(name, []),
  },
} as const;
export type StarterName = keyof typeof starters;

/** Another scenario may have the id already, so it gets a short ending that nobody has. */
function build(name: string, edits: readonly Edit[], now: number = Date.now()): ScenarioDocument {
  const id = `${idFrom(name).slice(0, 54)}-${now.toString(36).slice(-5)}`;
  return applyEdits(newScenario(name, id), edits).document;
}

const node = (id: string, type: string, x: number, y: number, input: JsonObject = {}): Edit => ({
  type: 'add-node',
  id,
  node: { type, input, canvas: { x, y } },
});
const wire = (id: string, outcome: string, target: string): Edit => ({ type: 'wire', id, outcome, target });

const menuEdits: readonly Edit[] = [
  node('menu', 'menu', 340, 0, {
    prompt: [{ say: 'Welcome. For a colleague, press 1. To leave a message, press 2.' }],
    keys: { '1': 'colleague', '2': 'message' },
  }),
  node('colleague', 'transfer', 700, -80, { to: 'phone:desk' }),
  node('message', 'record', 1060, 140, { name: 'message' }),
  node('goodbye', 'say', 1400, 0, { prompt: [{ say: 'Thank you for calling. Goodbye.' }] }),
  node('hang_up', 'hang-up', 1740, 0),
  wire('answer', 'answered', 'menu'),
  wire('menu', 'colleague', 'colleague'),
  wire('menu', 'message', 'message'),
  wire('menu', 'no-input', 'goodbye'),
  wire('menu', 'no-match', 'goodbye'),
  wire('colleague', 'returned', 'goodbye'),
  wire('colleague', 'busy', 'message'),
  wire('colleague', 'no-answer', 'message'),
  wire('message', 'recorded', 'goodbye'),
  wire('message', 'no-audio', 'goodbye'),
  wire('goodbye', 'done', 'hang_up'),
];

const messageEdits: readonly Edit[] = [
  node('greeting', 'say', 340, 0, {
    prompt: [{ say: 'Nobody can take your call now. Please leave a message after the tone.' }],
  }),
  node('message', 'record', 680, 0, { name: 'message' }),
  node('goodbye', 'say', 1020, 0, { prompt: [{ say: 'Thank you. Goodbye.' }] }),
  node('hang_up', 'hang-up', 1360, 0),
  wire('answer', 'answered', 'greeting'),
  wire('greeting', 'done', 'message'),
  wire('message', 'recorded', 'goodbye'),
  wire('message', 'no-audio', 'goodbye'),
  wire('goodbye', 'done', 'hang_up'),
];
