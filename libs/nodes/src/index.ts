export { nextOpening, openingAt, type Opening } from './business-hours/opening.js';
export { scheduleSchema, type Schedule } from './business-hours/schedule.js';
export { catalogue, nodeType } from './catalogue.js';
export { NODE_ERRORS, type NodeErrorCode } from './errors.js';
export { RESERVED_OUTCOMES } from '@callwright/scenario';
export { NAME_KINDS, namesIn, type NameKind, type NameUse } from './names.js';
export * from './node.js';
export { withFreeName } from './running/free-name.js';
