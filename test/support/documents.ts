import type { ScenarioDocument } from './contract.js';

const wire = (is: string, target: string) => ({
  guard: { type: 'outcome', params: { is } },
  target,
  reenter: true,
});

/** A small front desk, laid out so that nothing has to be arranged. */
export const frontDesk = (id: string, name = 'Front desk'): ScenarioDocument => ({
  id,
  meta: { format: 1, name },
  initial: 'answer',
  states: {
    answer: {
      meta: { canvas: { x: 0, y: 0 }, label: 'Pick up' },
      invoke: { src: 'answer', input: {}, onDone: [wire('answered', 'menu')] },
    },
    menu: {
      meta: { canvas: { x: 340, y: 0 }, label: 'Main menu' },
      invoke: {
        src: 'menu',
        input: {
          prompt: [{ say: 'For sales press 1, for support press 2.' }],
          keys: { '1': 'sales', '2': 'support' },
          attempts: 3,
        },
        onDone: [wire('sales', 'sales'), wire('support', 'support'), wire('no-input', 'bye')],
      },
    },
    sales: {
      meta: { canvas: { x: 700, y: -160 } },
      invoke: {
        src: 'say',
        input: { prompt: [{ say: 'Sales will be right with you.' }] },
        onDone: [wire('done', 'bye')],
      },
    },
    support: {
      meta: { canvas: { x: 700, y: 60 } },
      invoke: { src: 'say', input: { prompt: [{ say: 'Support is busy.' }] }, onDone: [wire('done', 'bye')] },
    },
    bye: { meta: { canvas: { x: 1060, y: 0 }, label: 'Goodbye' }, invoke: { src: 'hang-up', input: {} } },
    Ended: { type: 'final' },
  },
});
