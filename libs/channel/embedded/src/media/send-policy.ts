import { BlockList, isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Endpoint } from './transport/endpoint.js';

export interface SendPolicyOptions {
  /** CIDRs to which media may go although they are loopback or link-local (`EGRESS_ALLOW`). */
  readonly allow?: readonly string[];
  /** Where our own SIP listens: an SDP that names it would make us talk to ourselves. The address may be `0.0.0.0` or `::`. */
  readonly ownSip?: readonly Endpoint[];
}

/** Never a telephone, whatever the configuration says. */
const NEVER = ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'ff00::/8'];
/** Only where the configuration, or the caller's own loopback address, allows it. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'];

/** Where RTP and RTCP may be sent (reliability C2): an SDP is written by a stranger. */
export class SendPolicy {
  readonly #never = listOf(NEVER);
  readonly #loopback = listOf(LOOPBACK);
  readonly #linkLocal = listOf(LINK_LOCAL);
  readonly #allowed: BlockList;
  readonly #ownSip: readonly Endpoint[];
  readonly #ownAddresses: ReadonlySet<string>;

  constructor({ allow = [], ownSip = [] }: SendPolicyOptions) {
    this.#allowed = listOf(allow);
    this.#ownSip = ownSip;
    this.#ownAddresses = new Set(
      Object.values(networkInterfaces()).flatMap((interfaces) => (interfaces ?? []).map(({ address }) => address)),
    );
  }

  /** `loopbackAllowed`: the request that named this address came from loopback itself. */
  allows({ address, port }: Endpoint, loopbackAllowed: boolean): boolean {
    const family = isIP(address);
    if (family === 0 || !Number.isInteger(port) || port < 1 || port > 65_535) return false;
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (this.#never.check(address, type) || this.#isOwnSip(address, port)) return false;
    if (this.#allowed.check(address, type)) return true;
    if (this.#loopback.check(address, type)) return loopbackAllowed;
    return !this.#linkLocal.check(address, type);
  }

  #isOwnSip(address: string, port: number): boolean {
    return this.#ownSip.some((own) => own.port === port && (own.address === address || this.#isOurs(address)));
  }

  #isOurs(address: string): boolean {
    return this.#ownAddresses.has(address) || this.#loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
}

/** Of CIDRs and single addresses; what is neither (a host name in `EGRESS_ALLOW`) does not concern media. */
function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    const family = isIP(address);
    if (family === 0) continue;
    const most = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= most)
      list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
