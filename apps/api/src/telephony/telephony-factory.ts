import type { Telephony, TelephonyHost } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { Logger } from 'pino';
import type { Config } from '../platform/config/config.js';

export interface TelephonySurroundings {
  readonly config: Config;
  readonly host: TelephonyHost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Makes the media layer that the environment names; tests bring their own. */
export type TelephonyFactory = (surroundings: TelephonySurroundings) => Telephony;
