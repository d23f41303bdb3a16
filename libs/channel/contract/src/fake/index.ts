export type { CalleeBehaviour, DialRequest } from './callee.js';
export { FakeCall } from './fake-call.js';
export {
  FakeExchange,
  type FakeCallOptions,
  type FakeExchangeOptions,
  type FakeOriginateOptions,
} from './fake-exchange.js';
export { FakeFarEnd, type FarEndStep } from './fake-far-end.js';
export type { FakeLeg } from './fake-leg.js';
export { BEEP_MS, MS_PER_CHARACTER, type FakeMedia, type FakePromptOptions } from './fake-prompts.js';
export type { FakeFaxMachine } from './operations/fax.js';
export { FakeTelephony, type FakeTelephonyOptions, type PlacedCall } from './fake-telephony.js';
export { passTime, settle } from './pass-time.js';
export { textOf, type HeardSound, type Sound } from './sound.js';
