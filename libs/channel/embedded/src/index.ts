export { EmbeddedTelephony, type EmbeddedTelephonyOptions } from './embedded-telephony.js';
export type { Logger } from './logger.js';
