export * from './channel.js';
export * from './channel-topic.js';
export * from './destination.js';
export * from './digit-queue.js';
export * from './errors.js';
export * from './events.js';
export * from './telephony.js';
export * from './words.js';
