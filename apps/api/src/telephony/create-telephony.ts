import { join } from 'node:path';
import { EmbeddedTelephony } from '@callwright/channel-embedded';
import { AddressPolicy } from '../platform/egress/address-policy.js';
import type { TelephonyFactory } from './telephony-factory.js';

/** The media layer that the environment names. */
export const createTelephony: TelephonyFactory = ({ config, host, logger }) => {
  if (config.TELEPHONY === 'drachtio') throw new Error('TELEPHONY=drachtio is not part of this release: use embedded.');
  const addresses = new AddressPolicy(config.EGRESS_ALLOW);
  return new EmbeddedTelephony({
    sipHost: config.SIP_HOST,
    sipPort: config.SIP_PORT,
    publicAddress: config.PUBLIC_ADDRESS,
    egressAllowed: (address) => addresses.allows(address, address),
    egressAllow: config.EGRESS_ALLOW,
    journalPath: join(config.DATA_DIR, 'sip-sessions'),
    rtpPortMin: config.RTP_PORT_MIN,
    rtpPortMax: config.RTP_PORT_MAX,
    host,
    logger,
  });
};
