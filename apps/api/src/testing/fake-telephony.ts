import { FakeTelephony, type FakeTelephonyOptions } from '@callwright/channel-contract/fake';
import type { TelephonyFactory } from '../telephony/telephony-factory.js';

/** A media layer without a network in place of the real one. */
export const fakeTelephony =
  (options: Partial<Omit<FakeTelephonyOptions, 'clock' | 'host'>> = {}): TelephonyFactory =>
  ({ host, clock }) =>
    new FakeTelephony({ host, clock, ...options });
