export { Rehearsal, type RehearsalOptions } from './rehearsal.js';
export { runScenarioTest, type TestReport } from './run-test.js';
export { stepSchema, testFileSchema, type ScenarioTest, type Step, type TestFile } from './script.js';
