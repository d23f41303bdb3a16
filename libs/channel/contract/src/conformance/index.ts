import { Bench, type Rule } from './bench.js';
import { bridgeRules } from './bridge.rules.js';
import { conferenceRules } from './conference.rules.js';
import { diallingRules } from './dialling.rules.js';
import { digitRules } from './digit.rules.js';
import { faxRules } from './fax.rules.js';
import type { ChannelHarness, TestApi } from './harness.js';
import { lifeRules } from './life.rules.js';
import { promptRules } from './prompt.rules.js';
import { recordingRules } from './recording.rules.js';

export type { Rule } from './bench.js';
export type { Behaviour, Callee, ChannelHarness, FarEnd, IncomingCall, TestApi } from './harness.js';

/** Every promise of `CallChannel`, each with the way to see that it is kept. */
export const RULES: readonly Rule[] = [
  ...lifeRules,
  ...promptRules,
  ...digitRules,
  ...recordingRules,
  ...diallingRules,
  ...bridgeRules,
  ...conferenceRules,
  ...faxRules,
];

export interface ConformanceOptions {
  /** Promises that an adapter does not keep, by the rule's id, with the reason. Printed by every run. */
  readonly gaps?: Readonly<Record<string, string>>;
  /** Where gaps are printed. */
  readonly print?: (line: string) => void;
}

const RULE_TIMEOUT_MS = 90_000;

/** Runs every rule against an adapter; call it at the top of a test file with the test runner's functions. */
export function describeChannel(
  test: TestApi,
  name: string,
  harness: ChannelHarness,
  { gaps = {}, print }: ConformanceOptions = {},
): void {
  test.describe(`${name} keeps the promises of CallChannel:`, () => {
    const bench = new Bench(harness, (actual, message) => test.expect(actual, message));
    test.beforeAll(() => harness.start());
    test.afterAll(() => harness.stop());
    for (const { id, promise, check } of RULES) {
      const gap = gaps[id];
      if (gap !== undefined) {
        print?.(`${name} does not keep "${promise}" (${id}): ${gap}`);
        test.it.skip(`${promise} (${id}; gap: ${gap})`);
        continue;
      }
      const keep = async () => {
        try {
          await check(bench);
        } finally {
          await bench.clear();
        }
      };
      test.it(`${promise} (${id})`, keep, RULE_TIMEOUT_MS);
    }
    const unknown = Object.keys(gaps).filter((id) => !RULES.some((rule) => rule.id === id));
    test.it('gaps name rules that exist', () => Promise.resolve(test.expect(unknown).toEqual([])));
  });
}
