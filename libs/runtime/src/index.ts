export { compileScenario, type CompiledNode, type CompiledScenario } from './compile/compile.js';
export { RUNTIME_ERRORS } from './errors.js';
export * from './events.js';
export { RUN_LIMITS } from './limits.js';
export { MASK } from '@callwright/expression';
export { replay, type Replayed, type ReplayedCommand } from './replay.js';
export * from './run.js';
export { startRun } from './start-run.js';
