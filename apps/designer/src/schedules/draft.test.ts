import { scheduleSchema } from '@callwright/nodes';
import { describe, expect, it } from 'vitest';
import { draftOf, newSchedule, scheduleOf } from './draft.js';

describe('a schedule that is written', () => {
  it('begins as one that is right', () => {
    expect(scheduleSchema.safeParse(scheduleOf(newSchedule())).success).toBe(true);
  });

  it('leaves out days without hours', () => {
    const draft = { ...newSchedule(), weekly: { mon: [['09:00', '12:00']], tue: [] } } as ReturnType<
      typeof newSchedule
    >;
    expect(scheduleOf(draft)).toMatchObject({ weekly: { mon: [['09:00', '12:00']] } });
    expect(Object.keys((scheduleOf(draft) as { weekly: object }).weekly)).toEqual(['mon']);
  });

  it('comes back as it was stored', () => {
    const stored = {
      timeZone: 'Europe/Vilnius',
      weekly: { fri: [['22:00', '02:00']] },
      holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: true }],
    };
    expect(scheduleOf(draftOf(stored))).toEqual(stored);
  });
});
