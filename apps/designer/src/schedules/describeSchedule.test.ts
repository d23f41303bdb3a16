import { expect, it } from 'vitest';
import { describeSchedule } from './describeSchedule.js';

it('tells days with the same hours together', () => {
  const week = {
    mon: [['09:00', '18:00']],
    tue: [['09:00', '18:00']],
    wed: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
    sat: [['10:00', '14:00']],
  };
  expect(describeSchedule({ weekly: week })).toBe(
    'Mon–Tue 09:00–18:00 · Wed 09:00–12:00, 13:00–18:00 · Sat 10:00–14:00',
  );
  expect(describeSchedule({})).toBe('never');
});
