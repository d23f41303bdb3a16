import { validateScenario } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { nodeCatalogue } from '../editor/model/catalogue.js';
import { copyOf } from './copyOf.js';
import { starters } from './starters.js';

describe('what a new scenario begins with', () => {
  it.each(Object.keys(starters) as (keyof typeof starters)[])('%s can be published as it is', (name) => {
    const findings = validateScenario(starters[name].document('Front desk'), nodeCatalogue);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(['menu', 'message'] as const)('%s leaves no outcome open', (name) => {
    expect(validateScenario(starters[name].document('Front desk'), nodeCatalogue)).toEqual([]);
  });
});

it('a copy has another name and another id, and the same nodes', () => {
  const document = starters.menu.document('Front desk');
  const copy = copyOf({ name: 'Front desk', document }, 1);
  expect(copy.name).toBe('Front desk (copy)');
  expect(copy.document.id).not.toBe(document.id);
  expect(copy.document.states).toBe(document.states);
});
