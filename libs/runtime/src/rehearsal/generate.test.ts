import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answered, node, say, scenario } from '../testing/stage.js';
import { coverageOf, generateTests, runScenarioTest, wiresOf } from './index.js';

const options = { now: Date.parse('2026-03-02T10:00:00Z'), settled: () => setImmediate<void>() };

const frontDesk = answered(
  {
    menu: node(
      'menu',
      { prompt: [{ say: 'One or two?' }], keys: { '1': 'sales', '2': 'code' } },
      {
        sales: 'dial',
        code: 'ask',
        'no-input': 'bye',
      },
    ),
    ask: node('get-digits', { minDigits: 4, maxDigits: 4 }, { digits: 'check', 'no-match': 'menu' }),
    check: node(
      'branch',
      { cases: [{ when: 'steps.ask.digits = "9999"', outcome: 'vip' }] },
      { vip: 'dial', otherwise: 'bye' },
    ),
    dial: node('dial', { to: 'phone:ann' }, { answered: 'connect', busy: 'bye', 'no-answer': 'bye' }),
    connect: node('connect', {}, { ended: 'bye' }),
    bye: say('Goodbye.', 'stop'),
    stop: node('hang-up'),
    note: node('log', { message: 'gone' }, { done: 'note_two' }),
    note_two: node('log', { message: 'really' }),
    sorry: say('Sorry.', 'stop'),
  },
  { on: { 'call.ended': '.note', 'run.failed': '.sorry' } },
);

describe('tests that are made from a drawing', () => {
  it('exercise every wire, in ways of hanging up and failing too, and pass', async () => {
    const { tests, unreached } = await generateTests(frontDesk, [], options);
    expect(unreached).toEqual([]);
    const reports = await Promise.all(tests.map((test) => runScenarioTest(frontDesk, test, options)));
    expect(reports.filter(({ passed }) => !passed)).toEqual([]);
    const { covered } = coverageOf(
      frontDesk,
      reports.map(({ taken }) => taken),
    );
    expect([...covered].sort()).toEqual([...wiresOf(frontDesk)].sort());
    expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
  });

  it('press the keys that a caller would press, and say so in their names', async () => {
    const { tests } = await generateTests(frontDesk, [], options);
    const code = tests.find(({ name }) => name.includes('presses 2'));
    expect(code?.name).toContain('presses 1234');
    expect(code?.steps).toContainEqual({ press: '1234' });
  });

  it('tell the very first node, too', async () => {
    const hours = scenario({
      hours: node('business-hours', { schedule: { timeZone: 'UTC', weekly: {} } }, { open: 'bye', closed: 'bye' }),
      bye: node('hang-up'),
    });
    expect((await generateTests(hours, [], options)).unreached).toEqual([]);
  });

  it('hang up where something happens then', async () => {
    const polite = answered(
      {
        menu: node('menu', { keys: { '1': 'again' } }, { again: 'menu' }),
        note: node('log', { message: 'gone' }, { done: 'note_two' }),
        note_two: node('log', { message: 'really' }),
      },
      { on: { 'call.ended': '.note' } },
    );
    const { tests, unreached } = await generateTests(polite, [], options);
    expect(unreached).toEqual([]);
    expect(tests.map(({ name }) => name)).toContain('hangs up at menu → note_two');
  });

  it('are made for what is missing alone', async () => {
    const all = wiresOf(frontDesk);
    const { tests } = await generateTests(
      frontDesk,
      all.filter((wire) => wire !== 'menu:sales'),
      options,
    );
    expect(tests.map(({ name }) => name)).toEqual(['presses 1 → dial']);
  });

  it('leave out what nothing leads to, and say so', async () => {
    const lonely = scenario({ answer: node('answer'), island: say('Nobody hears this.', 'answer') });
    expect(await generateTests(lonely, [], options)).toEqual({ tests: [], unreached: ['island:done'] });
  });

  it('find a wire that leads elsewhere', async () => {
    const { tests } = await generateTests(frontDesk, [], options);
    const swapped = answered({
      menu: node('menu', { prompt: [{ say: 'One or two?' }], keys: { '1': 'sales', '2': 'code' } }, { sales: 'bye' }),
      bye: say('Goodbye.'),
    });
    const reports = await Promise.all(tests.map((test) => runScenarioTest(swapped, test, options)));
    expect(reports.some(({ passed }) => !passed)).toBe(true);
  });
});
