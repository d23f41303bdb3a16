import { inputError, type CallwrightError, type ErrorDetails } from '@callwright/kernel';

/** Every code of this project, with its meaning for the reference page. All are of kind `input`: the author can mend them. */
export const EXPRESSION_ERRORS = {
  'expression.bad-syntax': 'The expression cannot be read. `details.position` counts characters from its start.',
  'expression.bad-template': 'A `{{` has no `}}`.',
  'expression.unknown-function': 'The expression calls a function that does not exist.',
  'expression.unknown-name':
    'The expression begins with a name that is not in scope (`call`, `vars`, `steps`, `params`, `now`) or uses a variable that it never sets.',
  'expression.bad-regex': 'A regular expression uses something that cannot be matched in linear time, or is too large.',
  'expression.too-long': 'The text of the expression is longer than allowed.',
  'expression.failed': 'The expression was read but could not be evaluated with these values.',
  'expression.too-many-steps': 'The evaluation took more steps than allowed: most often an endless recursion.',
  'expression.too-slow': 'The evaluation took longer than allowed.',
  'expression.too-deep': 'The evaluation, or its result, is nested deeper than allowed.',
  'expression.too-large': 'A text, list or object made by the expression is larger than allowed.',
  'expression.bad-path': 'A path given to `makepath` leaves the folder that it begins in.',
} as const;
export type ExpressionErrorCode = keyof typeof EXPRESSION_ERRORS;

export const expressionError = (
  code: ExpressionErrorCode,
  message: string,
  details: ErrorDetails = {},
  cause?: unknown,
): CallwrightError => inputError(code, message, details, cause);
