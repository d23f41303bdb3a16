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
  /** Of trunks that are known by name, by their id. */
  readonly #addresses = new Map<string, ReadonlySet<string>>();

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** Every allowed way to a trunk, best first. */
  trunkFlows(trunk: TrunkAccount): Promise<readonly Flow[]> {
    return this.flows(trunk.host, portToLookUp(trunk), trunk.transport);
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
    const configurable = loopback || addressClass(address) === 'link-local';
    return isOrdinaryTarget(address) || (configurable && egressAllowed(address));
  }

  /** Whether media can be sent to an address as it is; otherwise it belongs to a network behind the peer. */
  mediaIsDirect(peer: string, address: string): boolean {
    return address === peer || addressClass(address) !== 'private' || this.#options.egressAllowed(address);
  }

  /**
   * The trunk that a call from this address belongs to, or null. Names of trunks are looked up beside the calls: a call never waits for
   * a name server.
   */
  trunkOf(address: string, trunks: readonly TrunkAccount[]): TrunkAccount | null {
    this.learn(trunks);
    return trunks.find((trunk) => this.#comesFrom(trunk, address)) ?? null;
  }

  /** Begins to find out where trunks are that are known by name. */
  learn(trunks: readonly TrunkAccount[]): void {
    for (const trunk of trunks) {
      if (trunk.sources.length > 0 || isIPv4(trunk.host)) continue;
      void this.#options.resolver
        .resolve({ host: trunk.host, port: portToLookUp(trunk), transport: trunk.transport })
        .then((targets) => this.#addresses.set(trunk.id, new Set(targets.map((target) => target.address))));
    }
  }

  #comesFrom(trunk: TrunkAccount, address: string): boolean {
    if (trunk.sources.length > 0) return trunk.sources.some((cidr) => inCidr(address, cidr));
    return isIPv4(trunk.host) ? trunk.host === address : (this.#addresses.get(trunk.id)?.has(address) ?? false);
  }
}

/** The usual port lets the name say where to go (SRV). */
const portToLookUp = ({ port }: TrunkAccount): number | null => (port === 5060 ? null : port);

function inCidr(address: string, cidr: string): boolean {
  const [network, bits] = cidr.split('/');
  if (network === undefined || !isIPv4(network) || !isIPv4(address)) return false;
  const prefix = bits === undefined ? 32 : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix);
  return list.check(address);
}
