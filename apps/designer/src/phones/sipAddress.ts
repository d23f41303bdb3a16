import type { Version } from '../api/types.js';

const STANDARD_PORT = 5060;

/** Where phones find this server: what the API says of its SIP door, else the host that the page came from. */
export function sipAddress(version: Version | undefined, pageHost: string): string {
  const sip = version?.sip;
  const host = sip?.host && sip.host !== '0.0.0.0' ? sip.host : pageHost;
  return sip?.port === undefined || sip.port === STANDARD_PORT ? host : `${host}:${sip.port}`;
}
