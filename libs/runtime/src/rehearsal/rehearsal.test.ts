import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answered, node, say } from '../testing/stage.js';
import { Rehearsal, type RehearsalOptions } from './index.js';

const document = answered({
  hello: say('Hello.', 'hours'),
  hours: node('business-hours', { schedule: 'office' }, { open: 'dial', closed: 'bye' }),
  dial: node('dial', { to: 'phone:ann', timeoutMs: 20_000 }, { busy: 'bye', 'no-answer': 'bye' }),
  bye: node('hang-up'),
});

const rehearse = (more: Partial<RehearsalOptions> = {}) =>
  new Rehearsal({
    document,
    now: Date.parse('2026-03-02T10:00:00Z'),
    settled: () => setImmediate<void>(),
    schedules: { office: { timeZone: 'UTC', weekly: { mon: [['09:00', '17:00']] } } },
    ...more,
  });

const path = ({ events }: Rehearsal) => events.flatMap((event) => (event.name === 'node.entered' ? [event.node] : []));

describe('a rehearsal', () => {
  it('says what a far end is asked, and what it can answer', async () => {
    const rehearsal = rehearse();
    await rehearsal.until(() => false);
    expect(rehearsal.question).toMatchObject({
      node: 'dial',
      type: 'dial',
      outcomes: ['answered', 'busy', 'no-answer', 'failed'],
      config: { to: 'phone:ann' },
    });
    await rehearsal.answer('dial', 'busy', { cause: 'busy' });
    await rehearsal.until(() => false);
    expect(rehearsal.question).toBeNull();
    expect(path(rehearsal)).toEqual(['answer', 'hello', 'hours', 'dial', 'bye']);
  });

  it('lets a callee ring as long as the node lets it, and no longer', async () => {
    const rehearsal = rehearse();
    await rehearsal.until(() => false);
    expect(rehearsal.next! - rehearsal.clock.now()).toBe(20_000);
    await rehearsal.pass(20_000);
    expect(rehearsal.events.findLast((event) => event.name === 'node.left' && event.node === 'dial')).toMatchObject({
      outcome: 'no-answer',
    });
  });

  it('knows the schedules that it was given, at the time that it was given', async () => {
    const night = rehearse({ now: Date.parse('2026-03-02T22:00:00Z') });
    await night.until(() => false);
    expect(path(night)).toEqual(['answer', 'hello', 'hours', 'bye']);
  });

  it('stops at a node before it works, and goes on when it is told', async () => {
    const rehearsal = rehearse({ stopsAt: (node) => node === 'hello' });
    await rehearsal.until(() => false);
    expect(rehearsal.stoppedAt).toBe('hello');
    expect(rehearsal.heard).toBe('');
    await rehearsal.resume();
    expect(rehearsal.stoppedAt).toBeNull();
    await rehearsal.until(() => false);
    expect(rehearsal.heard).toBe('Hello.');
    expect(rehearsal.node).toBe('dial');
  });

  it('stops at the very first node, too', async () => {
    const rehearsal = rehearse({ stopsAt: () => true });
    expect(rehearsal.stoppedAt).toBe('answer');
    await rehearsal.resume();
    await rehearsal.until(() => false);
    expect(rehearsal.stoppedAt).toBe('hello');
  });

  it('lets a caller hang up where it stands still', async () => {
    const rehearsal = rehearse({ stopsAt: (node) => node === 'hello' });
    await rehearsal.until(() => false);
    await rehearsal.hangUp();
    await rehearsal.until(() => false);
    expect(rehearsal.ended).toBe(true);
    expect(rehearsal.stoppedAt).toBeNull();
    await rehearsal.close();
  });
});
