import { RUN_LIMITS } from '../limits.js';

/** Counts nodes, so that a drawing that goes round in circles ends. */
export class StepBudget {
  #steps = 0;
  #hurried = 0;

  /** Null: one more node may be entered; else why not. */
  spend(): string | null {
    this.#steps += 1;
    if (this.#steps > RUN_LIMITS.steps) return `More than ${RUN_LIMITS.steps} nodes.`;
    if (this.#hurried > RUN_LIMITS.hurriedSteps)
      return `More than ${RUN_LIMITS.hurriedSteps} nodes in a row that wait for nothing.`;
    return null;
  }

  /** A node was left. */
  took(durationMs: number): void {
    this.#hurried = durationMs < RUN_LIMITS.hurryMs ? this.#hurried + 1 : 0;
  }
}
