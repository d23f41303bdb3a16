export * from './dtmf.js';
export * from './correlation.js';
export * from './lossy-link.js';
export * from './sound.js';
