import { lookup, Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import type { Uri } from '@callwright/sip';
import type { Target, TransportName } from './flow.js';

/** Finds where a SIP URI leads (RFC 3263, as far as UDP, TCP and IPv4 go). */
export interface TargetResolver {
  /** Best first; empty when the name leads nowhere. */
  resolve(place: Place): Promise<readonly Target[]>;
}

export interface Place {
  readonly host: string;
  readonly port: number | null;
  readonly transport: TransportName | null;
}

const DNS_TIMEOUT_MS = 2000;
const DNS_TRIES = 2;
const REMEMBER_MS = 30_000;
const MOST_NAMES = 1000;

/** The place that a URI names; null for one that we cannot reach (sips:, tel:, TLS). */
export function placeOf(uri: Uri): Place | null {
  if (uri.scheme !== 'sip') return null;
  const transport = uri.params.get('transport')?.toLowerCase() ?? null;
  if (transport !== null && transport !== 'udp' && transport !== 'tcp') return null;
  return { host: uri.params.get('maddr') ?? uri.host, port: uri.port, transport };
}

export class DnsResolver implements TargetResolver {
  readonly #resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  readonly #known = new Map<string, { targets: Promise<readonly Target[]>; until: number }>();

  resolve(place: Place): Promise<readonly Target[]> {
    const transport = place.transport ?? 'udp';
    if (isIPv4(place.host)) return Promise.resolve([{ transport, address: place.host, port: place.port ?? 5060 }]);
    const key = `${place.host}|${place.port}|${transport}`;
    const now = Date.now();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.targets;
    if (this.#known.size >= MOST_NAMES) this.#known.clear();
    const targets = this.#ask(place, transport);
    this.#known.set(key, { targets, until: now + REMEMBER_MS });
    return targets;
  }

  async #ask(place: Place, transport: TransportName): Promise<readonly Target[]> {
    if (place.port !== null) return this.#addresses(place.host, place.port, transport);
    const records = await this.#resolver.resolveSrv(`_sip._${transport}.${place.host}`).catch(() => []);
    if (records.length === 0) return this.#addresses(place.host, 5060, transport);
    const best = records.sort((a, b) => a.priority - b.priority || b.weight - a.weight).slice(0, 4);
    return (await Promise.all(best.map((record) => this.#addresses(record.name, record.port, transport)))).flat();
  }

  async #addresses(host: string, port: number, transport: TransportName): Promise<readonly Target[]> {
    // `lookup` knows the hosts file too; a name that leads nowhere is a value here.
    const found = await lookup(host, { family: 4, all: true }).catch(() => []);
    return found.map(({ address }) => ({ transport, address, port }));
  }
}
