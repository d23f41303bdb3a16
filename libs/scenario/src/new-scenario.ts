import { deepFreeze } from '@callwright/kernel';
import { FORMAT, type ScenarioDocument } from './document.js';

/** What a new scenario is: it answers. `id` is made of the name unless it is given. */
export const newScenario = (name: string, id: string = idFrom(name)): ScenarioDocument =>
  deepFreeze({
    id,
    meta: { format: FORMAT, name },
    initial: 'answer',
    states: {
      answer: { meta: { canvas: { x: 0, y: 0 } }, invoke: { src: 'answer', input: {}, onDone: [] } },
    },
  });

/** `Front desk, 2nd floor` → `front-desk-2nd-floor`. */
export function idFrom(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const id = words
    .join('-')
    .replace(/^[0-9-]+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
  return id === '' ? 'scenario' : id;
}
