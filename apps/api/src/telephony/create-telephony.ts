import { join, resolve } from 'node:path';
import { DrachtioTelephony, placeOfServer } from '@callwright/channel-drachtio';
import { EmbeddedTelephony } from '@callwright/channel-embedded';
import { AddressPolicy } from '../platform/egress/address-policy.js';
import type { TelephonyFactory } from './telephony-factory.js';

/** The media layer that the environment names. */
export const createTelephony: TelephonyFactory = ({ config, host, logger }) => {
  const addresses = new AddressPolicy(config.EGRESS_ALLOW);
  const egressAllowed = (address: string) => addresses.allows(address, address);
  if (config.TELEPHONY === 'drachtio')
    return new DrachtioTelephony({
      drachtio: { ...placeOfServer(config.DRACHTIO_URL ?? ''), secret: config.DRACHTIO_SECRET },
      freeswitches: config.FREESWITCH_URLS.map(placeOfServer),
      freeswitchSecret: config.FREESWITCH_SECRET,
      mediaFolder: resolve(config.DATA_DIR, 'freeswitch'),
      egressAllowed,
      host,
      logger,
    });
  return new EmbeddedTelephony({
    sipHost: config.SIP_HOST,
    sipPort: config.SIP_PORT,
    publicAddress: config.PUBLIC_ADDRESS,
    egressAllowed,
    egressAllow: config.EGRESS_ALLOW,
    journalPath: join(config.DATA_DIR, 'sip-sessions'),
    rtpPortMin: config.RTP_PORT_MIN,
    rtpPortMax: config.RTP_PORT_MAX,
    admission: {
      loopDelayMs: config.MAX_LOOP_LAG_MS,
      mediaLateMs: config.MAX_MEDIA_LATE_MS,
      memoryBytes: config.MAX_MEMORY_MB * 1024 ** 2,
    },
    host,
    logger,
  });
};
