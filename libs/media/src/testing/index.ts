export * from './correlation.js';
export * from './lossy-link.js';
export * from './sound.js';
