export type { Question } from './answers.js';
export { coverageOf, wireId, wiresOf, wiresTaken, type Coverage } from './coverage.js';
export { generateTests, type Generated } from './generate.js';
export { Rehearsal, type RehearsalOptions } from './rehearsal.js';
export { runScenarioTest, type TestOptions, type TestReport } from './run-test.js';
export { stepSchema, testFileSchema, testSchema, type ScenarioTest, type Step, type TestFile } from './script.js';
