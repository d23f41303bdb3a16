import type { TrunkAccount } from '@callwright/channel-contract';
import { VirtualClock } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import { Link } from './sip/testing/link.js';
import { Targets } from './targets.js';

const isPublic = (address: string) => !/^(?:10|127|169\.254|192\.168)\./.test(address);
function targets(names: Record<string, string[]> = {}, egressAllowed = isPublic): Targets {
  return new Targets({
    network: new Link(new VirtualClock()).host('203.0.113.1'),
    resolver: {
      resolve: ({ host, port, transport }) =>
        Promise.resolve(
          (names[host] ?? [host]).map((address) => ({ transport: transport ?? 'udp', address, port: port ?? 5060 })),
        ),
    },
    egressAllowed,
  });
}
const trunk = (more: Partial<TrunkAccount>): TrunkAccount => ({
  id: 't',
  workspaceId: 'w',
  name: 't',
  host: '198.51.100.9',
  port: 5060,
  transport: 'udp',
  username: null,
  password: null,
  register: false,
  sources: [],
  ...more,
});

describe('media', () => {
  it.each([
    // peer, address, port, may
    ['203.0.113.5', '203.0.113.5', 4000, true],
    ['203.0.113.5', '198.51.100.7', 4000, true],
    ['203.0.113.5', '192.168.1.5', 4000, true],
    ['203.0.113.5', '127.0.0.1', 4000, false],
    ['127.0.0.1', '127.0.0.1', 4000, true],
    ['127.0.0.1', '127.0.0.2', 4000, true],
    ['127.0.0.1', '127.0.0.1', 5060, false],
    ['203.0.113.5', '169.254.1.1', 4000, false],
    ['203.0.113.5', '224.0.0.1', 4000, false],
    ['203.0.113.5', '255.255.255.255', 4000, false],
    ['192.168.1.5', '192.168.1.5', 4000, true],
  ])('of a peer at %s may go to %s:%i: %s', (peer, address, port, may) => {
    expect(targets().mediaMayReach(peer, address, port)).toBe(may);
  });

  it('may go to loopback where that is configured, and to multicast never', () => {
    const open = targets({}, () => true);
    expect(open.mediaMayReach('203.0.113.5', '127.0.0.1', 4000)).toBe(true);
    expect(open.mediaMayReach('203.0.113.5', '224.0.0.1', 4000)).toBe(false);
  });

  it('for a private address behind a public peer goes to the peer', () => {
    expect(targets().mediaIsDirect('203.0.113.5', '192.168.1.5')).toBe(false);
    expect(targets().mediaIsDirect('192.168.1.5', '192.168.1.5')).toBe(true);
    expect(targets().mediaIsDirect('203.0.113.5', '198.51.100.7')).toBe(true);
  });
});

describe('signalling', () => {
  it('goes to the allowed addresses of a name alone', async () => {
    const flows = await targets({ 'sip.example.com': ['10.0.0.1', '198.51.100.7', '198.51.100.8'] }).trunkFlows(
      trunk({ host: 'sip.example.com' }),
    );
    expect(flows.map(({ remoteAddress }) => remoteAddress)).toEqual(['198.51.100.7', '198.51.100.8']);
  });
});

describe('a trunk', () => {
  it('is recognised by its networks, by its address, or by the addresses of its name', async () => {
    const all = targets({ 'sip.example.com': ['198.51.100.7'] });
    const trunks = [
      trunk({ id: 'a', sources: ['192.0.2.0/28', '192.0.2.77'] }),
      trunk({ id: 'b', host: '198.51.100.9' }),
      trunk({ id: 'c', host: 'sip.example.com' }),
    ];
    all.learn(trunks);
    await Promise.resolve();
    const found = ['192.0.2.15', '192.0.2.16', '192.0.2.77', '198.51.100.9', '198.51.100.7', '203.0.113.1'].map(
      (address) => all.trunkOf(address, trunks)?.id ?? null,
    );
    expect(found).toEqual(['a', null, 'a', 'b', 'c', null]);
  });

  it.each(['nonsense', '192.0.2.0/33', '192.0.2.0/x', '/8', '::/0'])(
    'with a network %j that cannot be read is not recognised by it',
    (cidr) => {
      expect(targets().trunkOf('192.0.2.1', [trunk({ sources: [cidr] })])).toBeNull();
    },
  );
});
