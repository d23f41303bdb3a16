import type { CompiledScenario } from './compile/compile.js';
import { CallRun } from './live/call-run.js';
import type { Run, RunOptions } from './run.js';

/**
 * Runs a scenario on a call, from `call.started` to `run.ended`, which always comes. An incoming call is served at once; a call that
 * we placed from its answer on.
 */
export const startRun = (options: RunOptions<CompiledScenario>): Run => new CallRun(options);
