export * from './channel.js';
export * from './events.js';
export * from './telephony.js';
export * from './words.js';
