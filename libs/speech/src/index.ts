export * from './errors.js';
export { escapeForSsml } from './normaliser/markup.js';
export { normalise } from './normaliser/normalise.js';
export type { BreakSegment, Prosody, Segment, TextSegment } from './normaliser/segments.js';
