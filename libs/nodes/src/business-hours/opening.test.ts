import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOpening, openingAt } from './opening.js';
import { scheduleSchema } from './schedule.js';

const office = scheduleSchema.parse({
  timeZone: 'Europe/Vilnius',
  weekly: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
    fri: [['22:00', '02:00']],
  },
  holidays: [{ date: '2026-03-09', name: 'Moving house' }],
});
const next = (at: string, schedule = office) => {
  const opens = nextOpening(schedule, Date.parse(at));
  return opens === null ? null : new Date(opens).toISOString();
};

describe('the next opening', () => {
  it.each([
    ['is now, where it is open', '2026-03-02T07:30:30Z', '2026-03-02T07:30:30.000Z'],
    ['comes after a break', '2026-03-02T10:00:00Z', '2026-03-02T11:00:00.000Z'],
    ['comes on a day that follows', '2026-03-02T16:00:00Z', '2026-03-06T20:00:00.000Z'],
    ['is not in a holiday', '2026-03-07T12:00:00Z', '2026-03-13T20:00:00.000Z'],
    ['follows the clocks when they are put on', '2026-03-28T12:00:00Z', '2026-03-30T06:00:00.000Z'],
    ['follows the clocks when they are put back', '2026-10-24T12:00:00Z', '2026-10-26T07:00:00.000Z'],
  ])('%s', (_what, at, expected) => {
    expect(next(at)).toBe(expected);
  });

  it('never comes where no hours are', () => {
    expect(next('2026-03-02T07:00:00Z', scheduleSchema.parse({ timeZone: 'UTC' }))).toBeNull();
  });

  it('is the first open minute, whatever the hours', () => {
    const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
    const ranges = fc.array(
      fc.tuple(time, time).filter(([from, to]) => from !== to),
      { maxLength: 2 },
    );
    const schedules = fc.record({
      timeZone: fc.constantFrom('UTC', 'Europe/Vilnius', 'America/New_York', 'Asia/Kolkata'),
      weekly: fc.record({ mon: ranges, wed: ranges, sun: ranges }),
    });
    const moments = fc.integer({ min: Date.parse('2026-03-01') / 60_000, max: Date.parse('2026-12-01') / 60_000 });
    fc.assert(
      fc.property(schedules, moments, (given, minute) => {
        const schedule = scheduleSchema.parse(given);
        const from = minute * 60_000;
        const opens = nextOpening(schedule, from);
        if (opens === null) return [0, 1, 2, 6].every((day) => !openOn(given.weekly, day));
        if (openingAt(schedule, opens).state !== 'open') return false;
        for (let at = from; at < opens; at += 30 * 60_000) if (openingAt(schedule, at).state === 'open') return false;
        return opens === from || openingAt(schedule, opens - 60_000).state !== 'open';
      }),
      { numRuns: 60 },
    );
  }, 300_000);
});

const openOn = (weekly: Readonly<Record<string, readonly unknown[]>>, day: number): boolean =>
  (weekly[['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][day]!] ?? []).length > 0;
