import jsonata from 'jsonata';
import { isCallwrightError, messageOf } from '@callwright/kernel';
import { expressionError } from './errors.js';
import { MAX_DOTS, MAX_EXPRESSION } from './limits.js';
import { findSlip } from './slips.js';
import { readSyntax, type Syntax } from './syntax.js';

/** An expression that has been read and found good; shared by all calls. */
export interface CompiledExpression extends Syntax {
  readonly text: string;
  /** The interpreter's own form: for `evaluate` alone. */
  readonly interpreter: jsonata.Expression;
  /** The interpreter reads its options when an evaluation begins: for `evaluate` alone. */
  readonly options: jsonata.JsonataOptions;
}

/** The same few expressions are read again at every edit, publication and call. */
const REMEMBERED = 2_000;
const remembered = new Map<string, CompiledExpression>();

/**
 * Reads an expression. Throws `expression.bad-syntax` (and the other codes of kind `input`) with `details.position`, in characters
 * from the start of the text, and a message that names the usual slips with their fix.
 */
export function compileExpression(text: string): CompiledExpression {
  let compiled = remembered.get(text);
  if (!compiled) {
    compiled = compile(text);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, compiled);
  }
  return compiled;
}

function compile(text: string): CompiledExpression {
  if (text.length > MAX_EXPRESSION) {
    throw expressionError('expression.too-long', `An expression has at most ${MAX_EXPRESSION} characters.`, {
      position: MAX_EXPRESSION,
    });
  }
  if (text.split('.').length > MAX_DOTS) {
    throw expressionError('expression.too-long', `An expression has at most ${MAX_DOTS} dots.`, { position: 0 });
  }
  const options: jsonata.JsonataOptions = {};
  try {
    const interpreter = jsonata(text, options);
    return { text, interpreter, options, ...readSyntax(interpreter.ast(), text) };
  } catch (error) {
    if (isCallwrightError(error)) throw error;
    throw syntaxError(text, error);
  }
}

/** Like `compileExpression`, but gives the error. */
export function checkExpression(text: string): ReturnType<typeof syntaxError> | null {
  try {
    compileExpression(text);
    return null;
  } catch (error) {
    if (isCallwrightError(error)) return error;
    throw error;
  }
}

function syntaxError(text: string, thrown: unknown) {
  if (text.trim() === '')
    return expressionError('expression.bad-syntax', 'The expression is empty.', { position: 0 }, thrown);
  if (thrown instanceof RangeError) {
    return expressionError('expression.too-deep', 'The expression is nested too deeply.', { position: 0 }, thrown);
  }
  if (thrown instanceof SyntaxError) {
    return expressionError(
      'expression.bad-regex',
      `${thrown.message}.`,
      { position: Math.max(0, text.indexOf('/')) },
      thrown,
    );
  }
  const slip = findSlip(text);
  if (slip) return expressionError('expression.bad-syntax', slip.fix, { position: slip.position }, thrown);
  const { message, position, token } = facts(thrown);
  const at = Math.min(Math.max(0, position - token.length), text.length);
  return expressionError('expression.bad-syntax', `${message}.`.replace(/[.]+$/, '.'), { position: at }, thrown);
}

/** JSONata throws plain objects. */
function facts(thrown: unknown): { message: string; position: number; token: string } {
  const { message, position, token } = (thrown ?? {}) as Record<string, unknown>;
  return {
    message: typeof message === 'string' ? message : messageOf(thrown),
    position: typeof position === 'number' ? position : 0,
    token: typeof token === 'string' && token !== '(end)' ? token : '',
  };
}
