import { expect, it } from 'vitest';
import { newPassword } from './newPassword.js';

it('is long, never the same, and holds nothing that looks like something else', () => {
  const many = Array.from({ length: 500 }, newPassword);
  expect(new Set(many).size).toBe(500);
  for (const one of many) expect(one).toMatch(/^[a-hj-km-np-z2-9]{12}$/);
  // Every sign comes: none is left out by the way they are drawn.
  expect(new Set(many.join('')).size).toBe(31);
});
