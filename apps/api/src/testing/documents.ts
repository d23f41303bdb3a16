/** The example of the contract. */
export const frontDesk = (id = 'front-desk') => ({
  id,
  meta: { format: 1, name: 'Front desk', variables: { tries: 0 } },
  initial: 'answer',
  on: { 'call.ended': '.after_call' },
  states: {
    answer: {
      meta: { canvas: { x: 0, y: 0 }, label: 'Pick up' },
      invoke: { src: 'answer', input: {}, onDone: [wire('answered', 'menu')] },
    },
    menu: {
      meta: { canvas: { x: 0, y: 140 } },
      invoke: {
        src: 'menu',
        input: { prompt: [{ silence: 20 }], keys: { '1': 'sales', '2': 'support' }, attempts: 3 },
        onDone: [wire('sales', 'sales'), wire('support', 'support'), wire('no-input', 'bye')],
      },
    },
    sales: { invoke: { src: 'transfer', input: { to: 'sip:sales@example.org' }, onDone: [] } },
    support: { invoke: { src: 'play', input: { prompt: [{ tone: 'beep' }] }, onDone: [] } },
    bye: { invoke: { src: 'hang-up', input: {} } },
    after_call: { invoke: { src: 'log', input: { message: 'caller left after {{ steps.menu.digits }}' } } },
    Ended: { type: 'final' },
  },
});

export const wire = (outcome: string, target: string) => ({
  guard: { type: 'outcome', params: { is: outcome } },
  target,
  reenter: true,
});
