import { channelError, type Route } from '@callwright/channel-contract';
import type { DnsResolver } from '@callwright/channel-embedded/calls';
import { formatUri, percentEncode, readUri, sipUri, userOf } from '@callwright/sip';
import { notSupported } from '../errors.js';

/** One way to a destination. */
export interface Way {
  /** Request-URI. */
  readonly uri: string;
  /** Value of From. */
  readonly from: string;
  /** Where the request goes, when it is not what the URI says. */
  readonly proxy: string | null;
  readonly auth: { readonly username: string; readonly password: string } | null;
}

export interface WaysParts {
  readonly resolver: DnsResolver;
  readonly egressAllowed: (address: string) => boolean;
  /** Our own host, in From. */
  readonly ownHost: string;
  readonly caller: string | undefined;
}

/** Ways to a destination, best first; empty: nobody is there, or none of its addresses may be reached. */
export async function waysOf(route: Route, parts: WaysParts): Promise<readonly Way[]> {
  switch (route.kind) {
    case 'uri': {
      const uri = readUri(route.uri);
      if (uri?.scheme !== 'sip') throw channelError('call.bad-destination', { to: route.uri });
      const transport = uri.params.get('transport')?.toLowerCase() ?? 'udp';
      if (transport !== 'udp' && transport !== 'tcp') throw channelError('call.bad-destination', { to: route.uri });
      const host = uri.params.get('maddr') ?? uri.host;
      // Header fields in a URI would become header fields of the request: they stay behind.
      const target = formatUri({ ...uri, headers: [] });
      return towards({ host, port: uri.port, transport }, target, parts.ownHost, null, parts);
    }
    case 'trunk': {
      const { trunk, number } = route;
      const user = percentEncode(number, /[A-Za-z0-9\-_.!~*'()&=+$,]/);
      const port = trunk.port === 5060 ? null : trunk.port;
      const target = `sip:${user}@${trunk.host}${port === null ? '' : `:${port}`}${trunk.transport === 'tcp' ? ';transport=tcp' : ''}`;
      const auth = trunk.username === null ? null : { username: trunk.username, password: trunk.password ?? '' };
      return towards({ host: trunk.host, port, transport: trunk.transport }, target, trunk.host, auth, parts);
    }
    case 'phone':
      throw notSupported('Calling a registered phone');
    case 'scenario':
      throw notSupported('Calling a scenario from another one');
  }
}

/** Names are looked up here and not by drachtio-server, so that what was judged is what is called. */
async function towards(
  place: Parameters<DnsResolver['resolve']>[0],
  uri: string,
  fromHost: string,
  auth: Way['auth'],
  { resolver, egressAllowed, caller }: WaysParts,
): Promise<readonly Way[]> {
  const targets = await resolver.resolve(place);
  const read = caller === undefined ? null : readUri(caller);
  const user = (read ? userOf(read) : caller) ?? auth?.username ?? 'callwright';
  return targets
    .filter(({ address }) => egressAllowed(address))
    .map(({ address, port, transport }) => ({
      uri,
      from: `<${formatUri(sipUri(user, fromHost, null))}>`,
      proxy: address === place.host ? null : `sip:${address}:${port};transport=${transport}`,
      auth,
    }));
}
