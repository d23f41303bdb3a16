export * from './events.js';
export * from './run.js';
