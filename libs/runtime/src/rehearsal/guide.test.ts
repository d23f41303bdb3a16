import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { readScenario } from '@callwright/scenario';
import { expect, it } from 'vitest';
import { runScenarioTest, stepSchema, testFileSchema } from './index.js';

const guide = readFileSync(new URL('../../../../docs/guides/testing-scenarios.md', import.meta.url), 'utf8');
const block = (kind: string): string => new RegExp(`\`\`\`json ${kind}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';
const document = readScenario(block('scenario'));
const { tests } = testFileSchema.parse(JSON.parse(block('tests')));

it.each(tests)('the guide of testing scenarios: $name', async (test) => {
  const report = await runScenarioTest(document, test, { now: 0, settled: () => setImmediate() });
  expect(report).toMatchObject({ name: test.name, passed: true, failure: null });
});

it('and its tests can fail', async () => {
  const [first] = tests;
  if (!first) throw new Error('the guide has no test');
  const wrong = { ...first, steps: [...first.steps.slice(0, 1), stepSchema.parse({ hear: 'goodbye' })] };
  expect((await runScenarioTest(document, wrong, { now: 0, settled: () => setImmediate() })).failure).toMatchObject({
    step: 2,
  });
});
