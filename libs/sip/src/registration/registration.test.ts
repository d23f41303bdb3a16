import { describe, expect, it } from 'vitest';
import { request } from '../testing/messages.js';
import { applyRegister, contactValues, type Binding } from './registrar.js';
import { Registering } from './registering.js';

const register = (contacts: string[], options: { cseq?: number; expires?: number } = {}) =>
  request(
    'REGISTER',
    [
      ...contacts.map((contact) => `Contact: ${contact}`),
      ...(options.expires === undefined ? [] : [`Expires: ${options.expires}`]),
    ],
    { cseq: options.cseq ?? 1 },
  );
const apply = (current: readonly Binding[], message: ReturnType<typeof register>, now = 0) =>
  applyRegister(current, message, null, now);
const bindings = (outcome: ReturnType<typeof apply>) => (outcome.status === 200 ? outcome.bindings : []);
const one = bindings(apply([], register(['<sip:ann@192.0.2.7:5062>'])));

describe('a registrar', () => {
  it('keeps a contact for as long as was asked, at most an hour', () => {
    expect(one).toMatchObject([{ contact: 'sip:ann@192.0.2.7:5062', q: 1, expiresAt: 3_600_000 }]);
    expect(bindings(apply([], register(['<sip:a@b>;expires=120']))).at(0)?.expiresAt).toBe(120_000);
    expect(bindings(apply([], register(['<sip:a@b>'], { expires: 99_999_999 }))).at(0)?.expiresAt).toBe(3_600_000);
  });

  it('refuses an interval that is too brief', () => {
    expect(apply([], register(['<sip:a@b>'], { expires: 30 }))).toEqual({ status: 423, minExpires: 60 });
  });

  it('refreshes the same contact and adds another, best first', () => {
    const two = bindings(
      apply(one, register(['<sip:ann@192.0.2.7:5062>;q=0.2', '<sip:ann@192.0.2.8>;q=0.7'], { cseq: 2 }), 1000),
    );
    expect(two.map(({ contact }) => contact)).toEqual(['sip:ann@192.0.2.8', 'sip:ann@192.0.2.7:5062']);
    expect(contactValues(two, 1000)).toEqual([
      '<sip:ann@192.0.2.8>;expires=3600;q=0.7',
      '<sip:ann@192.0.2.7:5062>;expires=3600;q=0.2',
    ]);
  });

  it('removes a contact, or all of them by *', () => {
    expect(bindings(apply(one, register(['<sip:ann@192.0.2.7:5062>;expires=0'], { cseq: 2 })))).toEqual([]);
    expect(apply(one, register(['*'], { cseq: 2, expires: 0 }))).toEqual({ status: 200, bindings: [] });
    expect(apply(one, register(['*'], { cseq: 2 }))).toEqual({ status: 400 });
  });

  it('does not let an older request of the same Call-ID undo a newer one', () => {
    expect(apply(one, register(['<sip:ann@192.0.2.7:5062>;expires=0'], { cseq: 1 }))).toEqual({ status: 500 });
    expect(apply(one, register(['*'], { cseq: 1, expires: 0 }))).toEqual({ status: 500 });
  });

  it('only lists when no contact is given, without what has expired', () => {
    const ask = request('REGISTER', ['Contact: <sip:x@y>']);
    ask.headers.remove('Contact');
    expect(bindings(applyRegister(one, ask, null, 3_599_000))).toEqual(one);
    expect(bindings(applyRegister(one, ask, null, 3_600_000))).toEqual([]);
  });

  it('keeps at most ten contacts of a user', () => {
    expect(apply([], register(Array.from({ length: 11 }, (_, i) => `<sip:ann@192.0.2.${i}>`)))).toEqual({
      status: 403,
    });
  });
});

describe('a registration of ours', () => {
  const response = (status: number, more: { expires?: number; minExpires?: number; retryAfter?: number } = {}) =>
    ({ type: 'response', status, expires: null, minExpires: null, retryAfter: null, ...more }) as const;
  const begun = () => {
    const registering = new Registering({ random: () => 0.5 });
    expect(registering.on({ type: 'start' }, 0)).toEqual([
      { type: 'state', state: 'registering', reason: null },
      { type: 'register', expires: 600 },
    ]);
    return registering;
  };

  it('is refreshed before it is over', () => {
    const registering = begun();
    expect(registering.on(response(200, { expires: 100 }), 1000)).toEqual([
      { type: 'state', state: 'registered', reason: null },
    ]);
    expect(registering.deadline).toBe(81_000);
    expect(registering.on({ type: 'due' }, 81_000)).toEqual([{ type: 'register', expires: 600 }]);
    expect(registering.on(response(200), 81_100)).toEqual([]);
  });

  it('takes the interval that the registrar wants', () => {
    expect(begun().on(response(423, { minExpires: 1800 }), 0)).toEqual([{ type: 'register', expires: 1800 }]);
  });

  it('comes back after 30–60 s · 2ⁿ, at most 15 min, and sooner never', () => {
    const registering = begun();
    const waits = [];
    let now = 0;
    for (let i = 0; i < 7; i++) {
      expect(registering.on({ type: 'unreachable' }, now)).toEqual([
        { type: 'state', state: 'failed', reason: 'no answer' },
      ]);
      waits.push((registering.deadline! - now) / 1000);
      now = registering.deadline!;
      expect(registering.on({ type: 'due' }, now)).toEqual([{ type: 'register', expires: 600 }]);
    }
    expect(waits).toEqual([45, 90, 180, 360, 720, 900, 900]);
    registering.on(response(200), now);
    registering.on({ type: 'unreachable' }, now);
    expect(registering.deadline! - now).toBe(45_000);
  });

  it('waits as long as Retry-After says', () => {
    const registering = begun();
    registering.on(response(503, { retryAfter: 300 }), 0);
    expect(registering.deadline).toBe(300_000);
  });

  it('says why it failed', () => {
    expect(begun().on(response(403), 0)).toEqual([{ type: 'state', state: 'failed', reason: 'credentials refused' }]);
  });

  it('takes itself back when it is stopped, and hears nothing more', () => {
    const registering = begun();
    registering.on(response(200), 0);
    expect(registering.on({ type: 'stop' }, 10)).toEqual([
      { type: 'register', expires: 0 },
      { type: 'state', state: 'unregistered', reason: null },
    ]);
    expect(registering.on(response(200), 20)).toEqual([]);
    expect(registering.deadline).toBeNull();
  });
});
