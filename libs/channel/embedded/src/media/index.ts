export * from './engine.js';
export * from './port.js';
export { loadSpandsp, makeOwnDetector } from './worker/in-band.js';
