import { channelError, type Route, type TrunkAccount } from '@callwright/channel-contract';
import { addressClass, DigestClient, formatUri, percentEncode, readUri, sipUri, userOf } from '@callwright/sip';
import { digestHash } from './sip/digest-hash.js';
import type { Outbox } from './sip/outbox.js';
import type { PhoneBinding, PhoneRegistrar } from './sip/phone-registrar.js';
import { randomText } from './sip/random.js';
import type { Flow } from './sip/transport/flow.js';
import { placeOf } from './sip/transport/resolver.js';
import type { ScenarioCalls } from './scenario-calls.js';
import type { Targets } from './targets.js';

/** One way to a destination. */
export interface Way {
  /** Request-URI. */
  readonly uri: string;
  readonly flow: Flow;
  /** Host that the caller is said to be at; null: ours. */
  readonly fromHost: string | null;
  /** Who we are when nobody says who calls. */
  readonly fromUser: string | null;
  readonly digest: DigestClient | null;
}

export interface WaysParts {
  readonly registrar: PhoneRegistrar;
  readonly outbox: Outbox;
  readonly targets: Targets;
  readonly scenarios: ScenarioCalls;
}

/** Groups of ways: those of a group ring together, a later group is for when nobody of the one before can be reached. Empty: nobody is there. */
export async function waysOf(
  route: Route,
  workspaceId: string,
  parts: WaysParts,
): Promise<readonly (readonly Way[])[]> {
  const plain = { fromHost: null, fromUser: null, digest: null };
  switch (route.kind) {
    case 'phone': {
      const bindings = parts.registrar.bindings(route.username);
      const ways = bindings.map(async (binding) => ({
        ...plain,
        uri: binding.contact,
        flow: await flowOf(binding, parts.outbox),
      }));
      return bindings.length === 0 ? [] : [await Promise.all(ways)];
    }
    case 'trunk': {
      const { trunk, number } = route;
      const flows = await parts.targets.trunkFlows(trunk);
      const user = percentEncode(number, /[A-Za-z0-9\-_.!~*'()&=+$,]/);
      const uri = `sip:${user}@${trunk.host}${trunk.port === 5060 ? '' : `:${trunk.port}`}${trunk.transport === 'tcp' ? ';transport=tcp' : ''}`;
      return flows.map((flow) => [
        { uri, flow, fromHost: trunk.host, fromUser: trunk.username, digest: digestOf(trunk) },
      ]);
    }
    case 'uri': {
      const uri = readUri(route.uri);
      const place = uri && placeOf(uri);
      if (!uri || !place) throw channelError('call.bad-destination', { to: route.uri });
      const flows = await parts.targets.flows(place.host, place.port, place.transport);
      // Header fields in a URI would become header fields of the request: they stay behind.
      const bare = uri.scheme === 'sip' ? formatUri({ ...uri, headers: [] }) : route.uri;
      return flows.map((flow) => [{ ...plain, uri: bare, flow }]);
    }
    case 'scenario': {
      const flow = parts.targets.ownFlow();
      const user = parts.scenarios.issue({ id: route.id, workspaceId });
      return [[{ ...plain, uri: formatUri(sipUri(user, flow.remoteAddress, flow.remotePort)), flow }]];
    }
  }
}

/** A phone that says a private address, and came from a public one, is behind a router that knows the way back. */
function flowOf(binding: PhoneBinding, outbox: Outbox): Promise<Flow> {
  const host = binding.uri.scheme === 'sip' ? binding.uri.host : '';
  const behindRouter = addressClass(host) === 'private' && addressClass(binding.flow.remoteAddress) === 'public';
  return behindRouter ? Promise.resolve(binding.flow) : outbox.flowTo(binding.contact, binding.flow);
}

const digestOf = (trunk: TrunkAccount): DigestClient | null =>
  trunk.username === null
    ? null
    : new DigestClient({
        username: trunk.username,
        password: trunk.password ?? '',
        realm: null,
        hash: digestHash,
        random: () => randomText(),
      });

/** Value of From: who calls, at the host of the way. */
export function fromValue(caller: string | undefined, way: Way, ownHost: string): string {
  const uri = caller === undefined ? null : readUri(caller);
  const user = (uri ? userOf(uri) : caller) ?? way.fromUser ?? 'callwright';
  return `<${formatUri(sipUri(user, way.fromHost ?? ownHost, null))}>`;
}
