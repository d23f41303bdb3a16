import type { SdpLine } from './session.js';
/** What an IPv4 address is, as far as it matters for sending something there. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local' | 'multicast' | 'unspecified' | 'reserved';

/** Class of an IPv4 address in its usual spelling (RFC 6890); `reserved` for whatever else. */
export function addressClass(address: string): AddressClass {
  const parts = /^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(address)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return 'reserved';
  const [a, b] = parts as [number, number, number, number];
  if (a === 0) return 'unspecified';
  if (a === 127) return 'loopback';
  if (a === 169 && b === 254) return 'link-local';
  if (a >= 224 && a < 240) return 'multicast';
  if (a >= 240) return 'reserved';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128))
    return 'private';
  return 'public';
}

/** Whether media may go to an address without being configured: phones on a private network are usual, the rest is not. */
export const isOrdinaryTarget = (address: string): boolean => ['public', 'private'].includes(addressClass(address));

export const isIp4 = (text: string) => /^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?!$)|$)){4}$/.test(text);

/** What every description of ours begins with. */
export function sessionLines(local: {
  readonly address: string;
  readonly sessionId: number;
  readonly version: number;
}): SdpLine[] {
  return [
    { type: 'v', value: '0' },
    { type: 'o', value: `- ${local.sessionId} ${local.version} IN IP4 ${local.address}` },
    { type: 's', value: '-' },
    { type: 'c', value: `IN IP4 ${local.address}` },
    { type: 't', value: '0 0' },
  ];
}
