export * from './engine.js';
export * from './port.js';
