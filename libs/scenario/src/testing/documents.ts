import type { JsonObject } from '@callwright/kernel';
import { parseScenario } from '../parse.js';

export const wire = (is: string, target: string): JsonObject => ({
  guard: { type: 'outcome', params: { is } },
  target,
  reenter: true,
});

/** `node('say', { prompt: [] }, { done: 'bye' })` */
export const node = (
  src: string,
  input: JsonObject = {},
  wires: Readonly<Record<string, string>> = {},
): JsonObject => ({
  invoke: { src, input, onDone: Object.entries(wires).map(([is, target]) => wire(is, target)) },
});

export const scenario = (states: Readonly<Record<string, JsonObject>>, more: JsonObject = {}) =>
  parseScenario({
    id: 'test',
    meta: { format: 1, name: 'Test' },
    initial: Object.keys(states)[0] ?? '',
    ...more,
    states,
  });

/** The example of the contract. */
export const frontDesk = () =>
  parseScenario({
    id: 'front-desk',
    meta: { format: 1, name: 'Front desk', variables: { tries: 0 } },
    initial: 'answer',
    on: { 'call.ended': '.after_call' },
    states: {
      answer: { meta: { canvas: { x: 0, y: 0 }, label: 'Pick up' }, ...node('answer', {}, { answered: 'menu' }) },
      menu: {
        meta: { canvas: { x: 0, y: 140 } },
        ...node(
          'menu',
          {
            prompt: [{ say: 'For sales press 1, for support press 2.' }],
            keys: { '1': 'sales', '2': 'support' },
            attempts: 3,
          },
          { sales: 'sales', support: 'support', 'no-input': 'bye' },
        ),
      },
      sales: node('say', { prompt: [{ say: 'Sales.' }] }),
      support: node('say', { prompt: [{ say: 'You pressed {{ steps.menu.digits }}.' }] }),
      bye: node('hang-up'),
      after_call: node('log', { message: 'caller left after {{ steps.menu.digits }}' }),
      Ended: { type: 'final' },
    },
  });
