import { VirtualClock } from '@callwright/kernel';
import type { Route } from '@callwright/channel-contract';
import fc from 'fast-check';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../platform/database/database.js';
import { Egress } from '../platform/egress/egress.js';
import { OwnPorts } from '../platform/egress/own-ports.js';
import type { InstanceId } from '../platform/instance-id.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { PhonesService } from '../phones/phones.service.js';
import type { TrunkRoute, TrunksService } from '../trunks/trunks.service.js';
import { type LimitValues, NO_LIMITS_SET } from './limits.schemas.js';
import type { LimitsService } from './limits.service.js';
import { OutboundPolicy } from './outbound-policy.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');

let clock: VirtualClock;
let limits: LimitValues;
let trunks: TrunkRoute[];
let policy: OutboundPolicy;
let calls = 0;

const trunk = (name: string, prefixes = ['+'], maxCalls: number | null = null): TrunkRoute => ({
  prefixes,
  maxCalls,
  account: {
    id: name,
    workspaceId: 'w',
    name,
    host: 'sip.example.org',
    port: 5060,
    transport: 'udp',
    username: null,
    password: null,
    register: false,
    sources: [],
  },
});

beforeEach(() => {
  clock = new VirtualClock(NOON);
  limits = { ...NO_LIMITS_SET, callsPerSecond: 1000, concurrentCalls: 1000, minutesPerDay: 1000 };
  trunks = [trunk('carrier')];
  policy = new OutboundPolicy(
    { of: () => limits } as unknown as LimitsService,
    { account: (name: string) => (name === 'alice' ? { workspaceId: 'w' } : null) } as unknown as PhonesService,
    { routes: () => trunks } as unknown as TrunksService,
    new Egress({ EGRESS_ALLOW: [] }, new OwnPorts()),
    { isShared: false } as Database,
    new Metrics(),
    { id: 'one' } as InstanceId,
    clock,
    pino({ level: 'silent' }),
  );
});

const go = (to: string, callId = `call ${(calls += 1)}`): Promise<Route> =>
  policy.route({ workspaceId: 'w', callId, to });
const verdict = async (to: string, callId?: string): Promise<string> => {
  try {
    const route = await go(to, callId);
    return route.kind === 'trunk' ? `${route.trunk.name} ${route.number}` : route.kind;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
/** One after the other. */
const verdicts = async (...tos: readonly string[]): Promise<string[]> => {
  const said: string[] = [];
  for (const to of tos) said.push(await verdict(to));
  return said;
};
/** The leg of a call is answered now. */
const answered = (callId: string, leg = 'agent') => {
  policy.counters.legAdded(callId, leg);
  policy.counters.legAnswered(callId, leg);
};

describe('a fresh workspace (E1)', () => {
  it.each([
    '+37052123456',
    '0037052123456',
    '1000',
    '112',
    'tel:+37052123456',
    'trunk:carrier/+37052123456',
    'sip:a@example.org',
    'sip:a@8.8.8.8',
  ])('lets nothing out to %s', async (to) => expect(await verdict(to)).toBe('outbound.not-allowed'));

  it('reaches its own phones and scenarios', async () => {
    expect(await verdicts('phone:alice', 'scenario:front-desk', 'phone:nobody')).toEqual([
      'phone',
      'scenario',
      'call.bad-destination',
    ]);
  });
});

describe('the allow-list (E2)', () => {
  it.each([
    '+370 5 212 3456', '00370 5 2123456', '+370-5-212-34-56', '+370.5.212.3456', '(00370) 52123456', '+0037052123456',
    'tel:+370-5-2123456', 'tel:2123456;phone-context=+3705', 'trunk:carrier/+37052123456',
  ])('knows a number however it is written: %s', async (to) => {
    limits = { ...limits, outboundPrefixes: ['+3705'] };
    expect(await verdict(to)).toBe('carrier +37052123456');
    limits = { ...limits, outboundPrefixes: ['+3715'] };
    expect(await verdict(to)).toBe('outbound.not-allowed');
  }); // prettier-ignore

  it('is not passed by any disguise of a number that it denies', async () => {
    // With a wide allow-list a number passes as soon as the denied prefix is not seen in it.
    limits = { ...limits, outboundPrefixes: ['+', '1'], deniedPrefixes: ['+3706'] };
    // Mostly what can be read as a number at all; now and then what should not be.
    const separators = fc.oneof(
      { arbitrary: fc.constantFrom('', ' ', '-', '.', '(', ')', '/'), weight: 30 },
      { arbitrary: fc.constantFrom('\u2011', '\u00a0', '\u200b'), weight: 1 },
    );
    const digit = (base: string) =>
      fc.oneof(
        { arbitrary: fc.constant(base), weight: 30 },
        { arbitrary: fc.constantFrom(String.fromCharCode(0xff10 + Number(base)), `%3${base}`), weight: 1 },
      );
    const disguised = (number: string) =>
      fc
        .tuple(...[...number].map((one) => fc.tuple(digit(one), separators).map((pair) => pair.join(''))))
        .map((parts) => parts.join(''));
    const prefix = fc.constantFrom('+', '00', '+00', '0000', '＋', '%2B', '+ ');
    const wrapper = fc.constantFrom(
      (number: string) => number,
      (number: string) => `tel:${number}`,
      (number: string) => `trunk:carrier/${number}`,
      (number: string) => `tel:${number};phone-context=example.org`,
    );
    let read = 0;
    await fc.assert(
      fc.asyncProperty(prefix, disguised('37061234567'), wrapper, async (plus, number, wrap) => {
        const said = await verdict(wrap(plus + number));
        read += said === 'outbound.not-allowed' ? 1 : 0;
        expect(['outbound.not-allowed', 'call.bad-destination']).toContain(said);
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('takes `+` for every international number but the premium ones', async () => {
    limits = { ...limits, outboundPrefixes: ['+'] };
    expect(await verdicts('+37052123456', '+14155550100', '1000')).toEqual([
      'carrier +37052123456',
      'carrier +14155550100',
      'outbound.not-allowed',
    ]);
    for (const premium of [
      '+19005550100',
      '+37090012345',
      '+881612345678',
      '+97912345678',
      '+4490912345',
      '+18095550100',
    ]) {
      expect([premium, await verdict(premium)]).toEqual([premium, 'outbound.not-allowed']);
    }
    limits = { ...limits, outboundPrefixes: ['+', '+1900'] };
    expect(await verdict('+19005550100')).toBe('carrier +19005550100');
  });

  it('says of `sip:` destinations which hosts', async () => {
    limits = { ...limits, sipHosts: ['example.org', '10.0.0.9'] };
    expect(await verdict('sip:bob@Example.org:5070;transport=tcp')).toBe('uri');
    for (const to of [
      'sip:bob@evil.example',
      'sip:example.org@evil.example',
      'sip:bob@example.org@evil.example',
      'sip:bob@evil.example;x=@example.org',
      'sip:bob@evil.example?x=@example.org',
      'sip:example.org;x=@evil.example',
      'sip:bob@example.org;maddr=10.0.0.1',
      'sip:bob@example.org?Route=%3Csip:evil.example%3E',
      'sip:bob@10.0.0.9',
    ]) {
      expect(['outbound.not-allowed', 'call.bad-destination'], to).toContain(await verdict(to));
    }
    limits = { ...limits, sipHosts: ['example.org:5070'] };
    expect(await verdicts('sip:bob@example.org:5070', 'sip:bob@example.org')).toEqual(['uri', 'outbound.not-allowed']);
  });

  it('takes the first trunk that has room', async () => {
    limits = { ...limits, outboundPrefixes: ['+'] };
    trunks = [trunk('german', ['+49']), trunk('small', ['+'], 1), trunk('large')];
    expect(await verdicts('+4930123', '+4930123', '+37052123456', '+37052123456', '+37052123456')).toEqual([
      'german +4930123',
      'german +4930123',
      'small +37052123456',
      'large +37052123456',
      'large +37052123456',
    ]);
    trunks = [trunk('small', ['+'], 1)];
    expect(await verdicts('+37052123456', 'trunk:small/+37052123456')).toEqual(['outbound.limit', 'outbound.limit']);
    trunks = [];
    expect(await verdict('+37052123456')).toBe('outbound.not-allowed');
  });
});

describe('the limits (E2)', () => {
  beforeEach(() => {
    limits = { ...limits, outboundPrefixes: ['+'] };
  });

  it('count the calls of a second', async () => {
    limits = { ...limits, callsPerSecond: 2 };
    expect(await verdicts('+37052123456', '+37052123456', '+37052123456')).toEqual([
      'carrier +37052123456',
      'carrier +37052123456',
      'outbound.limit',
    ]);
    clock.advance(1001);
    expect(await verdict('+37052123456')).toBe('carrier +37052123456');
  });

  it('count the legs that are there at once, those of calls that failed not', async () => {
    limits = { ...limits, concurrentCalls: 1 };
    expect(await verdict('+37052123456', 'one')).toBe('carrier +37052123456');
    policy.counters.legAdded('one', 'agent');
    expect(await verdict('+37052123456', 'two')).toBe('outbound.limit');
    policy.counters.legEnded('one', 'agent');
    expect(await verdict('+37052123456', 'two')).toBe('carrier +37052123456');
    policy.counters.callEnded('two');
    expect(await verdict('+37052123456', 'three')).toBe('carrier +37052123456');
  });

  it('do not count phones', async () => {
    limits = { ...limits, concurrentCalls: 0 };
    await go('phone:alice', 'one');
    policy.counters.legAdded('one', 'agent');
    expect(policy.counters.concurrent('workspace', 'w')).toBe(0);
  });

  it('count the minutes of the day, also of calls that go on, until the next day', async () => {
    limits = { ...limits, minutesPerDay: 10 };
    await go('+37052123456', 'long');
    answered('long');
    clock.advance(9 * 60_000);
    expect(await verdict('+37052123456')).toBe('carrier +37052123456');
    clock.advance(60_000);
    expect(await verdict('+37052123456')).toBe('outbound.limit');
    policy.counters.legEnded('long', 'agent');
    expect(policy.counters.secondsToday('workspace', 'w')).toBe(600);
    expect(await verdict('+37052123456')).toBe('outbound.limit');
    clock.advance(12 * 3_600_000);
    expect(await verdict('+37052123456')).toBe('carrier +37052123456');
  });

  it('never let one more out than they say, whatever comes and goes', async () => {
    limits = { ...limits, concurrentCalls: 3 };
    const step = fc.tuple(fc.nat(9), fc.constantFrom('dial', 'added', 'answered', 'ended', 'over'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        for (const [call, what] of steps) {
          const id = `call ${call}`;
          if (what === 'dial') await verdict('+37052123456', id);
          if (what === 'added') policy.counters.legAdded(id, 'agent');
          if (what === 'answered') policy.counters.legAnswered(id, 'agent');
          if (what === 'ended') policy.counters.legEnded(id, 'agent');
          if (what === 'over') policy.counters.callEnded(id);
          expect(policy.counters.concurrent('workspace', 'w')).toBeLessThanOrEqual(3);
        }
        for (let call = 0; call < 10; call++) policy.counters.callEnded(`call ${call}`);
        expect(policy.counters.concurrent('workspace', 'w')).toBe(0);
      }),
    );
  });

  it('hold for a scenario and for a trunk by themselves', async () => {
    limits = {
      ...limits,
      scenarios: [{ scenarioId: 'sales', concurrentCalls: 1 }],
      trunks: [{ trunkId: 'carrier', callsPerSecond: 2 }],
    };
    for (const [callId, scenario] of [
      ['one', 'sales'],
      ['two', 'sales'],
      ['three', 'support'],
      ['four', 'support'],
    ] as const)
      policy.counters.runs(callId, scenario);
    const limited = (callId: string) =>
      go('+37052123456', callId).then(
        () => 'out',
        (error: unknown) => (error as { details: object }).details,
      );
    expect(await limited('one')).toBe('out');
    expect(await limited('two')).toMatchObject({ limit: 'concurrentCalls', of: 'scenario' });
    expect(await limited('three')).toBe('out');
    expect(await limited('four')).toMatchObject({ limit: 'callsPerSecond', of: 'trunk' });
    clock.advance(1001);
    expect(await limited('four')).toBe('out');
  });

  it('cut what talks when the minutes of its scenario are used up', async () => {
    limits = { ...limits, scenarios: [{ scenarioId: 'sales', minutesPerDay: 1 }] };
    for (const [callId, scenario] of [
      ['one', 'sales'],
      ['two', 'support'],
    ] as const) {
      policy.counters.runs(callId, scenario);
      await go('+37052123456', callId);
      answered(callId);
    }
    clock.advance(59_000);
    expect(await policy.usedUp()).toEqual([]);
    clock.advance(1_000);
    expect(await policy.usedUp()).toEqual([{ callId: 'one', leg: 'agent', workspaceId: 'w' }]);
  });
});
