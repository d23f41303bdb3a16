import { applyEdits, newScenario, type Edit, type ScenarioDocument } from '@callwright/scenario';

/** `answer → menu → (sales | bye)`: small, and with one outcome of each kind. */
export const frontDesk = (...more: readonly Edit[]): ScenarioDocument =>
  applyEdits(newScenario('Front desk'), [
    {
      type: 'add-node',
      id: 'menu',
      node: {
        type: 'menu',
        input: { keys: { '1': 'sales' }, prompt: [{ say: 'For sales press 1.' }] },
        canvas: { x: 340, y: 0 },
      },
    },
    {
      type: 'add-node',
      id: 'sales',
      node: { type: 'transfer', input: { to: 'phone:sales' }, canvas: { x: 680, y: 0 } },
    },
    { type: 'add-node', id: 'bye', node: { type: 'hang-up', canvas: { x: 1020, y: 0 } } },
    { type: 'wire', id: 'answer', outcome: 'answered', target: 'menu' },
    { type: 'wire', id: 'menu', outcome: 'sales', target: 'sales' },
    { type: 'wire', id: 'menu', outcome: 'no-input', target: 'bye' },
    ...more,
  ]).document;
