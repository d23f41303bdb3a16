import { expect, it } from 'vitest';
import { copyOf } from './copyOf.js';
import { documentOf, templates } from './templates/index.js';

it('a copy has another name and another id, and the same nodes', () => {
  const document = documentOf(templates.menu, 'Front desk');
  const copy = copyOf({ name: 'Front desk', document }, 1);
  expect(copy.name).toBe('Front desk (copy)');
  expect(copy.document.id).not.toBe(document.id);
  expect(copy.document.states).toBe(document.states);
});
