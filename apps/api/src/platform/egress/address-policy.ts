import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/**
 * Which addresses may be reached from here. By default the public Internet alone: nothing private, loopback, link-local
 * (cloud metadata is there), multicast, reserved, nor an address that hides one of these in an IPv6 one.
 */
export class AddressPolicy {
  readonly #ranges: readonly Range[];
  readonly #hosts: ReadonlySet<string>;

  /** `allow`: hosts, addresses and CIDRs that may be reached although they are private. */
  constructor(
    allow: readonly string[],
    private readonly ownPorts: () => readonly number[] = () => [],
  ) {
    const isHost = (text: string) => !ipaddr.isValid(text) && !ipaddr.isValidCIDR(text);
    this.#hosts = new Set(allow.filter(isHost).map((host) => host.toLowerCase()));
    this.#ranges = allow.filter((text) => !isHost(text)).map(rangeOf);
  }

  /** `host` is what was asked for, `address` what it stands for. */
  allows(host: string, address: string, port?: number): boolean {
    const unbracketed = address.replace(/^\[|\]$/g, '');
    if (!ipaddr.isValid(unbracketed)) return false;
    const parsed = ipaddr.process(unbracketed);
    if (port !== undefined && this.ownPorts().includes(port) && isOurs(parsed)) return false;
    if (this.#hosts.has(host.toLowerCase())) return true;
    if (this.#ranges.some((range) => inRange(parsed, range))) return true;
    return parsed.range() === 'unicast';
  }
}

function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function inRange(address: Address, [base, bits]: Range): boolean {
  return address.kind() === base.kind() && address.match([base, bits] as [ipaddr.IPv4, number] & [ipaddr.IPv6, number]);
}

/** Whether packets to an address come back to this machine. */
function isOurs(address: Address): boolean {
  if (address.range() === 'loopback' || address.range() === 'unspecified') return true;
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((one) => ipaddr.process(one.address.split('%')[0] ?? '').toString() === address.toString()),
  );
}
