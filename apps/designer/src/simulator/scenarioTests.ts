import {
  coverageOf,
  generateTests,
  runScenarioTest,
  testFileSchema,
  type Coverage,
  type Generated,
  type ScenarioTest,
  type TestReport,
} from '@callwright/runtime/rehearsal';
import type { ScenarioDocument } from '@callwright/scenario';
import type { Paint, WirePaint } from '../editor/canvas/paint.js';
import { settled } from './settled.js';
import type { Surroundings } from './tryOut.js';

/** What the tests of a scenario came to, on the drawing as it was when they ran. */
export interface TestResults {
  readonly document: ScenarioDocument;
  /** By name. */
  readonly reports: ReadonlyMap<string, TestReport>;
  readonly coverage: Coverage;
}

const optionsOf = ({ scenarios, schedules }: Surroundings) => ({
  now: Date.now(),
  find: (scenario: string) => Promise.resolve(scenarios.get(scenario) ?? null),
  schedules,
  settled,
});

/** Runs tests one after the other; `onReport` hears of each as soon as it is over. */
export async function runTests(
  document: ScenarioDocument,
  tests: readonly ScenarioTest[],
  surroundings: Surroundings,
): Promise<TestResults> {
  const reports = new Map<string, TestReport>();
  for (const test of tests) reports.set(test.name, await runScenarioTest(document, test, optionsOf(surroundings)));
  return {
    document,
    reports,
    coverage: coverageOf(
      document,
      [...reports.values()].map(({ taken }) => taken),
    ),
  };
}

/** Tests for every wire that these do not exercise. */
export const missingTests = (
  document: ScenarioDocument,
  covered: Iterable<string>,
  surroundings: Surroundings,
): Promise<Generated> => generateTests(document, covered, optionsOf(surroundings));

/** Coverage, painted: wires that a test takes, and wires that none does. */
export function paintOf({ wires, covered }: Coverage): Paint {
  const paints = wires.map((wire): [string, WirePaint] => [
    wire,
    covered.has(wire) ? { tone: 'covered', weight: 0.12 } : { tone: 'bare', weight: 0 },
  ]);
  return { wires: new Map(paints), nodes: new Map() };
}

/** A file that `callwright test` runs beside the exported scenario. */
export const testFileOf = (document: ScenarioDocument, tests: readonly ScenarioTest[]): string =>
  `${JSON.stringify({ scenario: `./${document.id}.json`, tests }, null, 2)}\n`;

/** Throws with what is wrong with the file. */
export function testsOfFile(text: string): readonly ScenarioTest[] {
  const { success, data, error } = testFileSchema.safeParse(JSON.parse(text));
  if (success) return data.tests;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
