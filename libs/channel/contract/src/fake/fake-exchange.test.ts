import { describe, expect, it } from 'vitest';
import { VirtualClock } from '@callwright/kernel';
import { FakeExchange } from './fake-exchange.js';
import { passTime } from './pass-time.js';

const never = new AbortController().signal;

/** Lets time pass until a promise has settled. */
async function soon<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  void promise.then(() => (settled = true));
  while (!settled) await passTime(clock, 100);
  return promise;
}

describe('a fake call', () => {
  it('has a caller who follows a script', async () => {
    const clock = new VirtualClock();
    const call = new FakeExchange({ clock }).call();
    await call.caller.answer({ headers: {} });
    call.caller.farEnd.follow([
      { atMs: 100, press: '12' },
      { atMs: 200, talkMs: 50, saying: 'hello' },
      { atMs: 300, message: 'a text' },
      { atMs: 400, hold: true },
      { atMs: 500, hangUp: true },
    ]);
    await passTime(clock, 250);
    expect(call.caller.digits.waiting).toBe('12');
    await passTime(clock, 250);
    const told = call.events.map((event) => event.name);
    expect(told).toContain('message.received');
    expect(call.events).toContainEqual({ name: 'leg.state-changed', leg: 'caller', from: 'answered', to: 'held' });
    expect(call.state).toBe('ended');
    expect(told.at(-1)).toBe('call.channel-ended');
  });

  it('takes as long to speak as the text is', async () => {
    const clock = new VirtualClock();
    const call = new FakeExchange({ clock }).call();
    await call.caller.answer({ headers: {} });
    const playing = call.caller.play([{ say: 'x'.repeat(50) }], { bargeIn: true, loop: 1 }, never);
    expect((await soon(clock, playing)).playedMs).toBe(3_000);
    expect(call.caller.farEnd.heard).toMatchObject([{ from: 0, to: 3_000 }]);
  });

  it('plays every media file where none was named, and only those that were where some were', async () => {
    const clock = new VirtualClock();
    const free = new FakeExchange({ clock }).call();
    await free.caller.answer({ headers: {} });
    const played = await soon(clock, free.caller.play([{ play: 'any.wav' }], { bargeIn: true, loop: 1 }, never));
    expect(played.playedMs).toBe(1_000);
    const strict = new FakeExchange({ clock, media: {} }).call();
    await strict.caller.answer({ headers: {} });
    await expect(strict.caller.play([{ play: 'any.wav' }], { bargeIn: true, loop: 1 }, never)).rejects.toMatchObject({
      code: 'media.not-found',
    });
  });

  it('says when nothing can speak', async () => {
    const call = new FakeExchange({ clock: new VirtualClock(), speech: false }).call();
    await call.caller.answer({ headers: {} });
    await expect(call.caller.play([{ say: 'hi' }], { bargeIn: true, loop: 1 }, never)).rejects.toMatchObject({
      code: 'speech.unavailable',
    });
  });

  it('asks who answers, also a person who takes their time', async () => {
    const clock = new VirtualClock();
    let answer = (_: { then: 'busy' }) => {};
    const exchange = new FakeExchange({ clock, onDial: () => new Promise((resolve) => (answer = resolve)) });
    const call = exchange.call();
    const dialled = call.dial({ leg: 'agent', to: '+1', timeoutMs: 60_000, headers: {} }, never);
    await passTime(clock, 5_000);
    answer({ then: 'busy' });
    expect(await soon(clock, dialled)).toEqual({ outcome: 'busy', cause: 'busy' });
  });

  it('ends a leg whose behaviour cannot be found out', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock, onDial: () => Promise.reject(new Error('no idea')) });
    const dialled = exchange.call().dial({ leg: 'agent', to: '+1', timeoutMs: 60_000, headers: {} }, never);
    expect(await soon(clock, dialled)).toEqual({ outcome: 'failed', cause: 'failed' });
  });

  it('leaves no timers behind when it has ended', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock });
    exchange.callee('+1', { then: 'answers', afterMs: 50_000 });
    const call = exchange.call();
    await call.caller.answer({ headers: {} });
    const { caller } = call;
    const under = [
      caller.play([{ say: 'a long text' }], { bargeIn: true, loop: 0 }, never),
      caller.record({ name: 'a', maxMs: 1_000_000, silenceMs: 500_000, terminators: [], beep: true }, never),
      caller.sendDigits('123', { durationMs: 100, gapMs: 100 }, never).catch(() => 'gone'),
      call.dial({ leg: 'agent', to: '+1', timeoutMs: 600_000, headers: {} }, never),
      caller.digits.take(1_000_000, never),
    ];
    await passTime(clock, 450);
    await call.hangUp('normal');
    await Promise.all(under);
    expect(clock.next()).toBe(undefined);
  });
});

describe('a call that we place', () => {
  it('gives up when nobody answers', async () => {
    const clock = new VirtualClock();
    const exchange = new FakeExchange({ clock });
    exchange.callee('+1', { then: 'rings' });
    const call = exchange.originate({ to: '+1', timeoutMs: 20_000 });
    await passTime(clock, 19_999);
    expect(call.state).toBe('ringing');
    await passTime(clock, 1);
    expect([call.state, call.cause]).toEqual(['ended', 'no-answer']);
    expect(clock.next()).toBe(undefined);
  });

  it('is not placed where policy says no', () => {
    const exchange = new FakeExchange({ clock: new VirtualClock(), policy: () => 'outbound.not-allowed' });
    expect(() => exchange.originate({ to: '+1' })).toThrow(expect.objectContaining({ code: 'outbound.not-allowed' }));
  });
});
