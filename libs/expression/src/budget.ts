import { expressionError } from './errors.js';
import { MAX_VALUE_DEPTH, type Limits } from './limits.js';

/** Reads a clock, in ms. */
export type Now = () => number;

interface Extent {
  readonly values: number;
  readonly depth: number;
}
/**
 * No step takes longer by itself: a longer gap is a pause of the machine (garbage, another call's work), and an innocent
 * expression must not fail for it.
 */
const LONGEST_STEP_MS = 10;
/** So many characters (2^5) of texts inside of a value weigh as much as one more value. */
const TEXT_SHIFT = 5;
const ONE: Extent = { values: 1, depth: 0 };

/**
 * What one evaluation has used and may still use. JSONata itself checks nothing between the steps of a native function and
 * lets values share parts, so that thirty doublings look small and print for ever: hence `charge` and `admit`.
 */
export class Budget {
  readonly limits: Limits;
  readonly #now: Now;
  readonly #extents = new WeakMap<object, Extent>();
  #steps = 0;
  #spent = 0;
  #last: number;

  constructor(limits: Limits, now: Now) {
    this.limits = limits;
    this.#now = now;
    this.#last = now();
  }

  charge(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.limits.steps) {
      throw expressionError('expression.too-many-steps', `The expression took more than ${this.limits.steps} steps.`);
    }
    const now = this.#now();
    this.#spent += Math.min(now - this.#last, LONGEST_STEP_MS);
    this.#last = now;
    if (this.#spent > this.limits.ms) {
      throw expressionError('expression.too-slow', `The expression took longer than ${this.limits.ms} ms.`);
    }
  }

  checkDepth(depth: number): void {
    if (depth > this.limits.depth) {
      throw expressionError('expression.too-deep', `The expression nests deeper than ${this.limits.depth} levels.`);
    }
  }

  checkText(length: number): void {
    if (length > this.limits.text) {
      throw expressionError(
        'expression.too-large',
        `The expression makes a text of more than ${this.limits.text} characters.`,
      );
    }
  }

  /** Refuses a value that would be too large if it were written out. Each object is measured once. */
  admit(value: unknown): void {
    if (typeof value === 'string') this.checkText(value.length);
    else if (typeof value === 'object' && value !== null) this.#extent(value, 0);
  }

  #extent(value: unknown, level: number): Extent {
    if (typeof value === 'string') return { values: 1 + (value.length >> TEXT_SHIFT), depth: 0 };
    if (typeof value !== 'object' || value === null || isLambda(value)) return ONE;
    const known = this.#extents.get(value);
    if (known) return known;
    if (level > MAX_VALUE_DEPTH) throw tooDeep();
    let values = 1;
    let depth = 0;
    for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
      const extent = this.#extent(inner, level + 1);
      values += extent.values;
      depth = Math.max(depth, extent.depth + 1);
      if (values > this.limits.values) {
        throw expressionError('expression.too-large', `The expression makes more than ${this.limits.values} values.`);
      }
    }
    if (depth > MAX_VALUE_DEPTH) throw tooDeep();
    const extent = { values, depth };
    this.#extents.set(value, extent);
    return extent;
  }
}

const tooDeep = () =>
  expressionError('expression.too-deep', `The expression makes a value of more than ${MAX_VALUE_DEPTH} levels.`);

/** JSONata's own functions are objects that point at their whole environment. */
export const isLambda = (value: object): boolean => '_jsonata_lambda' in value || '_jsonata_function' in value;
