/**
 * What calls and their legs do, over any signalling (`Line`) and any media (`MediaSession`): the states, the order of events, offers and
 * answers, and every operation of the contract. The adapter over drachtio-server and FreeSWITCH brings the two; that is all in which it differs.
 */
export { causeOfStatus, STATUS_OF_HANG_UP } from './causes.js';
export { ConferenceRooms } from './conference.js';
export { EmbeddedCall as Call, type CallHost } from './embedded-call.js';
export { EmbeddedLeg as CallLeg } from './embedded-leg.js';
export { headerFields } from './header-fields.js';
export { digitOfInfo } from './info-digits.js';
export { canAnswer, LegMedia } from './leg-media.js';
export type { Line } from './line.js';
export type { Logger } from './logger.js';
export type { MediaEvent, MediaParameters, MediaSession, MediaStats, RecordRequest } from './media/port.js';
export { ringPhone } from './phone-call.js';
export { SystemClock } from './sip/system-clock.js';
export { DnsResolver } from './sip/transport/resolver.js';
