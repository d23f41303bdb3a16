export { compileExpression, checkExpression, type CompiledExpression } from './compile.js';
export { EXPRESSION_ERRORS, type ExpressionErrorCode } from './errors.js';
export { evaluate, type EvaluateOptions, type Evaluation, type Scope } from './evaluate.js';
export { DEFAULT_LIMITS, MAX_EXPRESSION, type Limits } from './limits.js';
export { BARE_FUNCTIONS } from './functions.js';
export { NATIVE_NAMES } from './natives.js';
export { SCOPE_NAMES } from './syntax.js';
export {
  asText,
  hasExpression,
  parseTemplate,
  renderTemplate,
  type Rendering,
  type Template,
  type TemplateReading,
} from './template.js';
export { linearRegex } from './regex.js';
export { MASK, masked } from './secrets.js';
