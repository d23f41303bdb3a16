export * from './headers.js';
export * from './json.js';
export * from './keys.js';
export * from './numbers.js';
export * from './outcomes.js';
export * from './prompt.js';
export * from './references.js';
export * from './text.js';
