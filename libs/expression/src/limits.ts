/** How much one evaluation may take. The same limits hold in the server and in the browser. */
export interface Limits {
  /** Steps of the interpreter, and as many again for what functions read and write. */
  readonly steps: number;
  /** Milliseconds of its own, checked between steps on the clock that the caller gives. */
  readonly ms: number;
  /** How deep calls, and values, may nest. */
  readonly depth: number;
  /** Characters of any one text. */
  readonly text: number;
  /** Values (of a list, of an object, all levels together) in any one value. */
  readonly values: number;
  /** Characters of a text that a regular expression is applied to. */
  readonly matchedText: number;
}

export const DEFAULT_LIMITS: Limits = {
  steps: 10_000,
  ms: 100,
  depth: 400,
  text: 262_144,
  values: 50_000,
  matchedText: 8_192,
};

/** Characters of an expression. */
export const MAX_EXPRESSION = 4_096;
/** Dots in an expression: the time to read a path grows with the square of its length. */
export const MAX_DOTS = 256;
/** Levels of a value; deeper ones cannot be written as JSON without danger. */
export const MAX_VALUE_DEPTH = 64;
/** States of a compiled regular expression. */
export const MAX_REGEX_SIZE = 400;
