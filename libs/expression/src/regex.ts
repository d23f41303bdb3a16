import { RE2JS } from 're2js';
import { messageOf } from '@callwright/kernel';
import type { Budget } from './budget.js';
import { expressionError } from './errors.js';
import { MAX_REGEX_SIZE } from './limits.js';

const compiled = new WeakMap<RegExp, RE2JS>();

/**
 * The same pattern for a matcher whose time is linear in the text (RE2): the host's own backtracks, and `(a+)+$` against
 * thirty letters would stop every call. Look-around and back references cannot be had. Throws `expression.bad-regex`.
 */
export function linearRegex(literal: RegExp): RE2JS {
  const known = compiled.get(literal);
  if (known) return known;
  let regex: RE2JS;
  try {
    const flags = (literal.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (literal.multiline ? RE2JS.MULTILINE : 0);
    regex = RE2JS.compile(RE2JS.translateRegExp(literal.source), flags);
  } catch (error) {
    throw expressionError(
      'expression.bad-regex',
      `The regular expression /${literal.source}/ cannot be used: ${messageOf(error).replace('error parsing regexp: ', '')}.`,
      {},
      error,
    );
  }
  if (regex.programSize() > MAX_REGEX_SIZE) {
    throw expressionError(
      'expression.bad-regex',
      `The regular expression /${literal.source}/ is too large; repeat less in it.`,
    );
  }
  compiled.set(literal, regex);
  return regex;
}

/** What JSONata asks of a regular expression, as a class because it says `new`; every match is charged to the budget. */
export function regexEngine(budget: Budget): RegExpConstructor {
  class LinearRegex {
    lastIndex = 0;
    readonly #regex: RE2JS;

    constructor(literal: RegExp) {
      this.#regex = linearRegex(literal);
    }

    exec(text: string): RegExpExecArray | null {
      if (text.length > budget.limits.matchedText) {
        throw expressionError(
          'expression.too-large',
          `Regular expressions are applied to texts of at most ${budget.limits.matchedText} characters.`,
        );
      }
      budget.charge(1 + Math.ceil((text.length - this.lastIndex) / 64));
      const matcher = this.#regex.matcher(text);
      if (!matcher.find(this.lastIndex)) return null;
      this.lastIndex = matcher.end();
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
      return Object.assign(groups, { index: matcher.start(), input: text }) as unknown as RegExpExecArray;
    }
  }
  return LinearRegex as unknown as RegExpConstructor;
}
