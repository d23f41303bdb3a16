import { addressClass, isOrdinaryTarget } from '@callwright/sip';

/**
 * Whether media may go to an address that a session description names. The peer itself may always be named (a call from loopback may
 * name loopback); loopback, link-local and multicast may not, unless they are configured.
 */
export function mediaMayReach(egressAllowed: (address: string) => boolean, peer: string, address: string): boolean {
  const loopback = addressClass(address) === 'loopback';
  if (address === peer || (loopback && addressClass(peer) === 'loopback')) return true;
  const configurable = loopback || addressClass(address) === 'link-local';
  return isOrdinaryTarget(address) || (configurable && egressAllowed(address));
}
