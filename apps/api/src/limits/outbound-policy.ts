import { isIP } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { channelError, parseDestination, type Route, type RouteRequest } from '@callwright/channel-contract';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import { e164, readUri } from '@callwright/sip';
import type { Logger } from 'pino';
import { Database } from '../platform/database/database.js';
import { Egress } from '../platform/egress/egress.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { CLOCK, LOGGER } from '../platform/tokens.js';
import { PhonesService } from '../phones/phones.service.js';
import { type TrunkRoute, TrunksService } from '../trunks/trunks.service.js';
import { OutboundUsage } from './limits.entity.js';
import { LimitsService } from './limits.service.js';
import { OutboundCounters } from './outbound-counters.js';
import { PREMIUM_PREFIXES } from './premium.js';

const SAVE_MS = 10_000;

/** Where a call may go (reliability E1, E2): what a destination stands for, whether the limits allow it, and by which trunk. */
@Injectable()
export class OutboundPolicy implements OnModuleInit, OnApplicationShutdown {
  readonly counters: OutboundCounters;
  #cancel: Unsubscribe | undefined;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly limits: LimitsService,
    private readonly phones: PhonesService,
    private readonly trunks: TrunksService,
    private readonly egress: Egress,
    private readonly database: Database,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.counters = new OutboundCounters(clock);
  }

  async onModuleInit(): Promise<void> {
    const rows = await this.database.rows(OutboundUsage).findBy({ day: this.counters.day });
    for (const row of rows) this.counters.talkedBefore(row.workspaceId, row.seconds);
    this.#schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.save();
  }

  /** Throws `call.bad-destination`, `outbound.not-allowed`, `outbound.limit`. Counts what it lets out. */
  route(request: RouteRequest): Route {
    try {
      return this.#route(request);
    } catch (error) {
      this.metrics.outboundRefused.inc({ code: (error as { code?: string }).code ?? 'unknown' });
      throw error;
    }
  }

  /** Writes today's talking time down. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      try {
        const { day } = this.counters;
        const rows = this.counters
          .unsaved()
          .map(({ workspaceId, seconds }) => ({ workspaceId, day, seconds, updatedAt: this.database.now() }));
        if (rows.length > 0)
          await this.database.change((manager) => manager.upsert(OutboundUsage, rows, ['workspaceId', 'day']));
      } catch (error) {
        this.logger.warn({ err: error }, 'the talking time of today could not be stored');
      }
    });
    return this.#saving;
  }

  #route({ workspaceId, callId, to }: RouteRequest): Route {
    const destination = parseDestination(to);
    if (!destination) throw channelError('call.bad-destination', { to });
    switch (destination.kind) {
      case 'phone': {
        if (this.phones.account(destination.username)?.workspaceId !== workspaceId)
          throw channelError('call.bad-destination', { to });
        this.counters.expect(callId, null);
        return destination;
      }
      case 'scenario':
        return destination;
      case 'number':
        return this.#byTrunk(workspaceId, callId, destination.number);
      case 'trunk': {
        const trunk = this.trunks.routes(workspaceId).find(({ account }) => account.name === destination.trunk);
        if (!trunk) throw channelError('outbound.not-allowed', { reason: 'there is no such trunk' });
        const number = this.#allowedNumber(workspaceId, destination.number);
        this.#take(workspaceId, callId, trunk);
        return { kind: 'trunk', trunk: trunk.account, number };
      }
      case 'uri': {
        const { uri } = destination;
        if (/^tel:/i.test(uri)) return this.#byTrunk(workspaceId, callId, uri.slice('tel:'.length));
        this.#requireHost(workspaceId, uri);
        this.#take(workspaceId, callId, null);
        return { kind: 'uri', uri };
      }
    }
  }

  #byTrunk(workspaceId: string, callId: string, dialled: string): Route {
    const number = this.#allowedNumber(workspaceId, dialled);
    const fitting = this.trunks
      .routes(workspaceId)
      .filter(({ prefixes }) => prefixes.some((prefix) => number.startsWith(prefix)));
    if (fitting.length === 0) throw channelError('outbound.not-allowed', { reason: 'no trunk takes this number' });
    const free = fitting.find((trunk) => this.#hasRoom(trunk));
    if (!free) throw channelError('outbound.limit', { limit: 'maxCalls' });
    this.#take(workspaceId, callId, free);
    return { kind: 'trunk', trunk: free.account, number };
  }

  /** The number in the one form in which policy compares it, when the prefixes allow it. */
  #allowedNumber(workspaceId: string, dialled: string): string {
    const number = e164(dialled);
    if (number === null) throw channelError('call.bad-destination', { to: dialled });
    const { outboundPrefixes, deniedPrefixes } = this.limits.of(workspaceId);
    const begins = (prefix: string) => number.startsWith(prefix);
    // A plain number is one of the local plan: `+` says nothing about it, and neither does a prefix with `+`.
    const allowed = outboundPrefixes.filter(begins);
    const premium = PREMIUM_PREFIXES.find(begins);
    const named = premium === undefined || allowed.some((prefix) => prefix.startsWith(premium));
    if (allowed.length === 0 || !named || deniedPrefixes.some(begins)) throw channelError('outbound.not-allowed');
    return number;
  }

  /** Read as the engine reads it, so that both see the same host; what would send it elsewhere than to that host is refused. */
  #requireHost(workspaceId: string, uri: string): void {
    const read = readUri(uri);
    if (read?.scheme !== 'sip' && read?.scheme !== 'sips') throw channelError('call.bad-destination', { to: uri });
    const { host, port, params, headers } = read;
    const { sipHosts } = this.limits.of(workspaceId);
    const named = sipHosts.includes(host) || (port !== null && sipHosts.includes(`${host}:${port}`));
    const elsewhere = params.has('maddr') || headers.length > 0;
    if (!named || elsewhere) throw channelError('outbound.not-allowed', { host });
    const address = host.replace(/^\[|\]$/g, '');
    if (isIP(address) && !this.egress.policy.allows(address, address))
      throw channelError('outbound.not-allowed', { host });
  }

  #hasRoom({ account, maxCalls }: TrunkRoute): boolean {
    return maxCalls === null || this.counters.onTrunk(account.id) < maxCalls;
  }

  #take(workspaceId: string, callId: string, trunk: TrunkRoute | null): void {
    if (trunk && !this.#hasRoom(trunk)) throw channelError('outbound.limit', { limit: 'maxCalls' });
    const exceeded = this.counters.take(workspaceId, callId, trunk?.account.id ?? null, this.limits.of(workspaceId));
    if (exceeded)
      throw channelError('outbound.limit', { limit: exceeded, retryAfterS: exceeded === 'callsPerSecond' ? 1 : 60 });
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancel = this.clock.at(this.clock.now() + SAVE_MS, () => {
      void this.save();
      this.#schedule();
    });
  }
}
