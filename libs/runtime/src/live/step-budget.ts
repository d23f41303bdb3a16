import { RUN_LIMITS } from '../limits.js';

/**
 * Counts nodes, so that a drawing that goes round in circles ends, and stands in nobody's way until it does. A run has nodes in
 * store; entering one takes it, and time that passes brings new ones. How fast the machine is does not matter much to it.
 */
export class StepBudget {
  #steps = 0;
  #store: number = RUN_LIMITS.stepsInStore;
  #withoutBreath = 0;

  /** Null: one more node may be entered; else why not. */
  spend(): string | null {
    this.#steps += 1;
    this.#withoutBreath += 1;
    this.#store -= 1;
    if (this.#steps > RUN_LIMITS.steps) return `More than ${RUN_LIMITS.steps} nodes.`;
    if (this.#store < 0)
      return `More than ${RUN_LIMITS.stepsInStore} nodes, one after the other, that wait for nothing.`;
    return null;
  }

  /** A node was left. */
  took(durationMs: number): void {
    this.#store = Math.min(RUN_LIMITS.stepsInStore, this.#store + (durationMs * RUN_LIMITS.stepsPerSecond) / 1_000);
  }

  /** True now and then: other calls must come to their turn before the next node is entered. */
  needsBreath(): boolean {
    if (this.#withoutBreath < RUN_LIMITS.stepsInOneBreath) return false;
    this.#withoutBreath = 0;
    return true;
  }
}
