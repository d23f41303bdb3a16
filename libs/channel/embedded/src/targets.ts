import { BlockList, isIPv4 } from 'node:net';
import type { TrunkAccount } from '@callwright/channel-contract';
import { addressClass, isOrdinaryTarget } from '@callwright/sip';
import type { Flow, Network } from './sip/transport/flow.js';
import type { TargetResolver } from './sip/transport/resolver.js';

export interface TargetsOptions {
  readonly network: Network;
  readonly resolver: TargetResolver;
  readonly egressAllowed: (address: string) => boolean;
}

/** Where SIP and RTP may go, and where a call came from. */
export class Targets {
  readonly #options: TargetsOptions;

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** Every allowed way to a trunk, best first. */
  async trunkFlows(trunk: TrunkAccount): Promise<readonly Flow[]> {
    const { host, port, transport } = trunk;
    return this.flows(host, port === 5060 ? null : port, transport);
  }

  async flows(host: string, port: number | null, transport: Flow['transport'] | null): Promise<readonly Flow[]> {
    const { resolver, egressAllowed, network } = this.#options;
    const targets = await resolver.resolve({ host, port, transport });
    return targets.filter(({ address }) => egressAllowed(address)).map((target) => network.flowTo(target));
  }

  /** Ourselves: a call from one scenario to another. */
  ownFlow(): Flow {
    const { network } = this.#options;
    return network.flowTo({ transport: 'udp', address: network.ownAddress, port: network.port });
  }

  /**
   * Whether media may go to an address that a session description names. The peer itself may always be named (a call from loopback
   * may name loopback); loopback, link-local, multicast and our own SIP port may not, unless they are configured.
   */
  mediaMayReach(peer: string, address: string, port: number): boolean {
    const { egressAllowed, network } = this.#options;
    const loopback = addressClass(address) === 'loopback';
    if (port === network.port && (loopback || address === peer)) return false;
    if (address === peer || (loopback && addressClass(peer) === 'loopback')) return true;
    return isOrdinaryTarget(address) || (addressClass(address) !== 'multicast' && egressAllowed(address));
  }

  /** Whether media can be sent to an address as it is; otherwise it belongs to a network behind the peer. */
  mediaIsDirect(peer: string, address: string): boolean {
    return address === peer || addressClass(address) !== 'private' || this.#options.egressAllowed(address);
  }

  /** The trunk that a call from this address belongs to, or null. */
  async trunkOf(address: string, trunks: readonly TrunkAccount[]): Promise<TrunkAccount | null> {
    for (const trunk of trunks) if (await this.#comesFrom(trunk, address)) return trunk;
    return null;
  }

  async #comesFrom(trunk: TrunkAccount, address: string): Promise<boolean> {
    if (trunk.sources.length > 0) return trunk.sources.some((cidr) => inCidr(address, cidr));
    if (isIPv4(trunk.host)) return trunk.host === address;
    const targets = await this.#options.resolver.resolve({
      host: trunk.host,
      port: trunk.port === 5060 ? null : trunk.port,
      transport: trunk.transport,
    });
    return targets.some((target) => target.address === address);
  }
}

function inCidr(address: string, cidr: string): boolean {
  const [network, bits] = cidr.split('/');
  if (network === undefined || !isIPv4(network) || !isIPv4(address)) return false;
  const prefix = bits === undefined ? 32 : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix);
  return list.check(address);
}
