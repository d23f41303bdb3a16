export * from './canonical.js';
export * from './catalogue.js';
export { sameJson } from './compare/sameJson.js';
export { differencesOf, thatMatter, type Difference } from './compare/differences.js';
export { mergeScenarios, type Collision, type Merged, type Side } from './compare/merge.js';
export { ASPECTS, type Aspect, type Subject } from './compare/subject.js';
export {
  checkConfiguration,
  readConfiguration,
  replaceAt,
  type ConfigurationReading,
  type Problem,
  type Slot,
} from './configuration.js';
export {
  ANNOTATION_COLORS,
  ENDED,
  ERROR_EVENT,
  FORMAT,
  HANG_UP_EVENT,
  NODE_ID,
  SCENARIO_ID,
  scenarioJsonSchema,
  groupSchema,
  noteSchema,
  type Group,
  type Note,
  type ScenarioDocument,
} from './document.js';
export * from './edits/apply.js';
export * from './edits/edit.js';
export * from './edits/free-id.js';
export * from './edits/inline.js';
export * from './edits/subflow.js';
export { SCENARIO_ERRORS, type ScenarioErrorCode } from './errors.js';
export { configurationPath, FINDINGS, type Finding, type FindingCode, type Path, type Severity } from './finding.js';
export { DOCUMENT_LIMITS, MAX_NODES } from './limits.js';
export * from './new-scenario.js';
export * from './parse.js';
export * from './reading.js';
export { RESERVED_OUTCOMES } from './validation/nodes.js';
export { FAILED } from './validation/wires.js';
export * from './validation/validate.js';
