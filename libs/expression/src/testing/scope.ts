import type { Scope } from '../evaluate.js';

/** A call that stands in the middle of a menu. */
export const scope = (over: Partial<Scope> = {}): Scope => ({
  call: {
    id: 'c1',
    from: '+37060000001',
    to: '1000',
    direction: 'inbound',
    state: 'answered',
    cause: null,
    headers: { 'x-crm': ['42'] },
    startedAt: '2026-03-02T10:00:00.000Z',
    answeredAt: '2026-03-02T10:00:01.000Z',
  },
  vars: { tries: 2, name: 'Ana', list: [1, 2, 3], one: [5], empty: [], nested: { a: { b: true } } },
  steps: { menu: { digits: '2' } },
  params: { customer: { id: 7 } },
  now: '2026-03-02T10:00:05.000Z',
  ...over,
});
