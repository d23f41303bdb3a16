import { isIPv6 } from 'node:net';
import type { Endpoint } from './endpoint.js';

export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCKADDR_BYTES = 28;

/** `struct sockaddr_in` or `sockaddr_in6` of Linux. */
export function writeSockaddr({ address, port }: Endpoint): Uint8Array {
  return isIPv6(address) ? sockaddr6(address, port) : sockaddr4(address, port);
}

function sockaddr4(address: string, port: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  address.split('.').forEach((part, n) => bytes.writeUInt8(Number(part), 4 + n));
  return bytes;
}

function sockaddr6(address: string, port: number): Uint8Array {
  const bytes = Buffer.alloc(SOCKADDR_BYTES);
  bytes.writeUInt16LE(AF_INET6, 0);
  bytes.writeUInt16BE(port, 2);
  groupsOf(address).forEach((group, n) => bytes.writeUInt16BE(group, 8 + 2 * n));
  return bytes;
}

/** The eight groups of an IPv6 address, `::` and an IPv4 tail written out. */
function groupsOf(address: string): number[] {
  const bare = address.split('%')[0]!;
  const plain = bare.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) =>
    [(Number(a) << 8) | Number(b), (Number(c) << 8) | Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const middle = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].map((group) => parseInt(group, 16));
}

export function readSockaddr(bytes: Uint8Array): Endpoint {
  const port = (bytes[2]! << 8) | bytes[3]!;
  if (bytes[0] === AF_INET) return { address: `${bytes[4]}.${bytes[5]}.${bytes[6]}.${bytes[7]}`, port };
  const groups = Array.from({ length: 8 }, (_, n) => ((bytes[8 + 2 * n]! << 8) | bytes[9 + 2 * n]!).toString(16));
  return { address: canonicalIPv6(groups.join(':')), port };
}

/** One spelling of an address, so that two of them can be compared as text. */
export function canonicalAddress(address: string): string {
  return isIPv6(address) ? canonicalIPv6(address) : address;
}

function canonicalIPv6(address: string): string {
  const groups = groupsOf(address);
  // An IPv4 peer seen through an IPv6 socket.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.');
  }
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
}
