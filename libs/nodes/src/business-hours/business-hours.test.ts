import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { businessHours as definition } from './business-hours.node.js';

const businessHours = nodeTest(definition);
const office = {
  timeZone: 'Europe/Vilnius',
  weekly: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ] as [string, string][],
  },
  holidays: [
    { date: '2026-12-25', name: 'Christmas', yearly: true },
    { date: '2026-03-09', name: 'Moving house' },
  ],
};
const state = async (schedule: object | string, time: string) =>
  (
    await businessHours({ schedule: schedule as typeof office })
      .at(time)
      .result()
  ).outcome;

describe('business-hours', () => {
  it.each([
    ['2026-03-02T06:59:59Z', 'closed'],
    ['2026-03-02T07:00:00Z', 'open'],
    ['2026-03-02T09:59:59Z', 'open'],
    ['2026-03-02T10:00:00Z', 'closed'],
    ['2026-03-02T11:00:00Z', 'open'],
    ['2026-03-02T16:00:00Z', 'closed'],
    ['2026-03-03T08:00:00Z', 'closed'],
    // In summer the clock is three hours ahead of UTC.
    ['2026-07-06T06:00:00Z', 'open'],
    ['2026-07-06T15:00:00Z', 'closed'],
  ])('follows the clock on the wall: at %s it is %s', async (time, expected) => {
    expect(await state(office, time)).toBe(expected);
  });

  it('knows holidays, of one year and of every year', async () => {
    await businessHours({ schedule: office })
      .at('2026-03-09T08:00:00Z')
      .expectOutcome('holiday', { holiday: 'Moving house' });
    expect(await state(office, '2027-03-08T08:00:00Z')).toBe('open');
    expect(await state(office, '2031-12-25T03:00:00Z')).toBe('holiday');
    // Midnight in Vilnius, not in Greenwich.
    expect(await state(office, '2026-12-24T21:59:59Z')).toBe('closed');
    expect(await state(office, '2026-12-24T22:00:00Z')).toBe('holiday');
  });

  describe('past midnight', () => {
    const bar = {
      timeZone: 'UTC',
      weekly: { fri: [['22:00', '02:00']], sun: [['20:00', '24:00']] },
      holidays: [
        { date: '2026-03-20', name: 'Closed Friday' },
        { date: '2026-03-28', name: 'Holiday Saturday' },
      ],
    };

    it.each([
      ['2026-03-06T21:59:00Z', 'closed'],
      ['2026-03-06T22:00:00Z', 'open'],
      ['2026-03-07T01:59:00Z', 'open'],
      ['2026-03-07T02:00:00Z', 'closed'],
      ['2026-03-07T22:30:00Z', 'closed'],
      ['2026-03-08T23:59:00Z', 'open'],
      ['2026-03-09T00:00:00Z', 'closed'],
    ])('at %s it is %s', async (time, expected) => {
      expect(await state(bar, time)).toBe(expected);
    });

    it('counts a night to the day on which it began', async () => {
      expect(await state(bar, '2026-03-21T01:00:00Z')).toBe('closed');
      expect(await state(bar, '2026-03-28T01:00:00Z')).toBe('holiday');
    });
  });

  describe('when the clocks change', () => {
    const night = { timeZone: 'Europe/Vilnius', weekly: { sun: [['02:30', '03:30']] } };

    it('is open in an hour that comes twice, both times', async () => {
      // 25 October 2026: 04:00 becomes 03:00 at 01:00 UTC.
      expect(await state(night, '2026-10-25T00:15:00Z')).toBe('open');
      expect(await state(night, '2026-10-25T00:45:00Z')).toBe('closed');
      expect(await state(night, '2026-10-25T01:15:00Z')).toBe('open');
      expect(await state(night, '2026-10-25T01:45:00Z')).toBe('closed');
    });

    it('skips an hour that does not come', async () => {
      // 29 March 2026: 03:00 becomes 04:00 at 01:00 UTC.
      expect(await state(night, '2026-03-29T00:45:00Z')).toBe('open');
      expect(await state(night, '2026-03-29T01:00:00Z')).toBe('closed');
    });
  });

  it.each([
    ['Pacific/Kiritimati', '2026-03-01T10:00:00Z', 'open'],
    ['Pacific/Pago_Pago', '2026-03-03T10:59:00Z', 'open'],
    ['Asia/Kathmandu', '2026-03-01T18:15:00Z', 'open'],
    ['Asia/Kathmandu', '2026-03-01T18:14:00Z', 'closed'],
  ])('knows that it is Monday in %s', async (timeZone, time, expected) => {
    expect(await state({ timeZone, weekly: { mon: [['00:00', '24:00']] } }, time)).toBe(expected);
  });

  it('asks for a stored schedule by name', async () => {
    await businessHours({ schedule: 'office' })
      .at('2026-03-02T08:00:00Z')
      .given((stage) => void (stage.schedules = { office }))
      .expectOutcome('open', { holiday: null });
    await businessHours({ schedule: 'office' })
      .given((stage) => void (stage.schedules = { office: { timeZone: 'Nowhere' } }))
      .expectFailure('schedule.bad-schedule');
  });

  it.each([
    [{ ...office, timeZone: 'Europe/Atlantis' }, 'A time zone has a name such as Europe/Vilnius.'],
    [{ ...office, weekly: { mon: [['9:00', '18:00']] } }, 'A time is written as HH:MM, up to 24:00.'],
    [
      { ...office, weekly: { mon: [['09:00', '09:00']] } },
      'It opens and closes at the same time; the whole day is 00:00 to 24:00.',
    ],
    [{ ...office, weekly: { mon: [['24:00', '09:00']] } }, 'A day begins at 00:00.'],
    [{ ...office, holidays: [{ date: '2026-02-30' }] }, 'A date is written as YYYY-MM-DD.'],
    [{ ...office, weekly: { moon: [] } }, 'Unrecognized key: "moon"'],
  ])('refuses %j', (schedule, problem) => {
    expect(JSON.stringify(definition.config.safeParse({ schedule }).error?.issues)).toContain(
      JSON.stringify(problem).slice(1, -1),
    );
    expect(problemsOf(definition, { schedule })).toHaveLength(1);
  });
});
