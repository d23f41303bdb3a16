import { isIP } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { channelError, parseDestination, type Route, type RouteRequest } from '@callwright/channel-contract';
import { isCallwrightError, type Clock, type Unsubscribe } from '@callwright/kernel';
import { e164, readUri } from '@callwright/sip';
import type { Logger } from 'pino';
import { Database } from '../platform/database/database.js';
import { Egress } from '../platform/egress/egress.js';
import { InstanceId } from '../platform/instance-id.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { CLOCK, LOGGER } from '../platform/tokens.js';
import { PhonesService } from '../phones/phones.service.js';
import { type TrunkRoute, TrunksService } from '../trunks/trunks.service.js';
import { OutboundUsage } from './limits.entity.js';
import { LimitsService } from './limits.service.js';
import {
  type Bounds,
  COUNTED_FOR,
  type CountedFor,
  OutboundCounters,
  type OutboundLeg,
  type SomeFigures,
} from './outbound-counters.js';
import { PREMIUM_PREFIXES } from './premium.js';
import { SharedUse } from './shared-use.js';

const SAVE_MS = 10_000;
/** What becomes of legs is told together for so long. */
const TELL_MS = 100;

/** Where a call may go (reliability E1, E2): what a destination stands for, whether the limits allow it, and by which trunk. */
@Injectable()
export class OutboundPolicy implements OnModuleInit, OnApplicationShutdown {
  readonly counters: OutboundCounters;
  /** Null on SQLite, which has one process. */
  readonly #shared: SharedUse | null;
  #cancel: Unsubscribe | undefined;
  #tellSoon: Unsubscribe | undefined;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly limits: LimitsService,
    private readonly phones: PhonesService,
    private readonly trunks: TrunksService,
    private readonly egress: Egress,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly instance: InstanceId,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.counters = new OutboundCounters(clock);
    this.#shared = database.isShared ? new SharedUse(database, instance.id, logger) : null;
  }

  async onModuleInit(): Promise<void> {
    const { day } = this.counters;
    const mine = this.#shared ? { day, instanceId: this.instance.id } : { day };
    for (const row of await this.database.rows(OutboundUsage).findBy(mine)) this.counters.talkedBefore(row);
    await this.#shared?.begin();
    this.#schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#tellSoon?.();
    await this.save();
  }

  /** Rejects with `call.bad-destination`, `outbound.not-allowed`, `outbound.limit`. Counts what it lets out. */
  async route(request: RouteRequest): Promise<Route> {
    try {
      return await this.#route(request);
    } catch (error) {
      this.metrics.outboundRefused.inc({ code: (error as { code?: string }).code ?? 'unknown' });
      throw error;
    }
  }

  /** Something may have become of a leg: the other instances hear of it soon, so that its place is free for them. */
  changed(): void {
    if (!this.#shared || this.#tellSoon || this.#stopped || !this.counters.hasChanges) return;
    this.#tellSoon = this.clock.at(this.clock.now() + TELL_MS, () => {
      this.#tellSoon = undefined;
      void this.save();
    });
  }

  /** Writes today's talking time down, and what has become of legs. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const { day } = this.counters;
      const [talked, changes] = [this.counters.unsaved(), this.counters.changes()];
      try {
        const rows = talked.map((one) => ({
          ...one,
          instanceId: this.instance.id,
          day,
          updatedAt: this.database.now(),
        }));
        if (rows.length > 0)
          await this.database.change((manager) =>
            manager.upsert(OutboundUsage, rows, ['instanceId', 'what', 'id', 'day']),
          );
        await this.#shared?.tell(changes);
      } catch (error) {
        this.counters.keep(changes, talked);
        this.logger.warn({ err: error }, 'the talking time of today could not be stored');
      }
    });
    return this.#saving;
  }

  /** Legs that talk although their minutes are used up: a limit that only stops new calls is none. */
  async usedUp(): Promise<{ readonly callId: string; readonly leg: string; readonly workspaceId: string }[]> {
    const talking = this.counters.talking();
    const workspaces = new Set(talking.map(({ outbound }) => outbound.workspace as string));
    await this.#shared
      ?.refresh(workspaces, this.counters.day)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'what other instances let out is not known'));
    // Each workspace, scenario and trunk is asked once, for it looks at all legs.
    const known = new Map<string, boolean>();
    const isOver = (outbound: OutboundLeg, what: CountedFor): boolean => {
      const id = outbound[what];
      if (id === null) return false;
      const key = `${what} ${id}`;
      let over = known.get(key);
      if (over === undefined) {
        const others = this.#shared?.of(outbound.workspace as string)(what, id) ?? { seconds: 0 };
        const { minutesPerDay = Infinity } = this.#boundsOf(outbound)[what];
        known.set(key, (over = this.counters.minutesUsedUp(what, id, minutesPerDay, others)));
      }
      return over;
    };
    return talking
      .filter(({ outbound }) => COUNTED_FOR.some((what) => isOver(outbound, what)))
      .map(({ callId, leg, outbound }) => ({ callId, leg, workspaceId: outbound.workspace as string }));
  }

  async #route({ workspaceId, callId, to }: RouteRequest): Promise<Route> {
    const destination = parseDestination(to);
    if (!destination) throw channelError('call.bad-destination', { to });
    switch (destination.kind) {
      case 'phone': {
        if (this.phones.account(destination.username)?.workspaceId !== workspaceId)
          throw channelError('call.bad-destination', { to });
        this.counters.expectNothing(callId);
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
        await this.#take(workspaceId, callId, trunk);
        return { kind: 'trunk', trunk: trunk.account, number };
      }
      case 'uri': {
        const { uri } = destination;
        if (/^tel:/i.test(uri)) return this.#byTrunk(workspaceId, callId, uri.slice('tel:'.length));
        this.#requireHost(workspaceId, uri);
        await this.#take(workspaceId, callId, null);
        return { kind: 'uri', uri };
      }
    }
  }

  /** The first trunk that takes the number and has room; where none has, what the first one lacks. */
  async #byTrunk(workspaceId: string, callId: string, dialled: string): Promise<Route> {
    const number = this.#allowedNumber(workspaceId, dialled);
    const fitting = this.trunks
      .routes(workspaceId)
      .filter(({ prefixes }) => prefixes.some((prefix) => number.startsWith(prefix)));
    if (fitting.length === 0) throw channelError('outbound.not-allowed', { reason: 'no trunk takes this number' });
    let full: unknown;
    for (const trunk of fitting) {
      try {
        await this.#take(workspaceId, callId, trunk);
        return { kind: 'trunk', trunk: trunk.account, number };
      } catch (error) {
        if (!isCallwrightError(error) || error.details['of'] !== 'trunk') throw error;
        full ??= error;
      }
    }
    throw full;
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

  /** Lets one leg out and counts it, or throws `outbound.limit` with `details.limit` and `details.of`. */
  async #take(workspaceId: string, callId: string, trunk: TrunkRoute | null): Promise<void> {
    const scenario = this.counters.scenarioOf(callId);
    const leg: OutboundLeg = { workspace: workspaceId, scenario, trunk: trunk?.account.id ?? null };
    const bounds = this.#boundsOf(leg, trunk?.maxCalls ?? null);
    const taken = this.#shared
      ? await this.#shared.take(workspaceId, this.counters.day, leg, (others) =>
          this.counters.take(callId, leg, bounds, others),
        )
      : this.counters.take(callId, leg, bounds);
    if ('limit' in taken)
      throw channelError('outbound.limit', { ...taken, retryAfterS: taken.limit === 'callsPerSecond' ? 1 : 60 });
  }

  #boundsOf({ workspace, scenario, trunk }: OutboundLeg, maxCalls: number | null = null): Bounds {
    const limits = this.limits.of(workspace as string);
    const ofTrunk: SomeFigures = limits.trunks.find(({ trunkId }) => trunkId === trunk) ?? {};
    const concurrentCalls = Math.min(maxCalls ?? Infinity, ofTrunk.concurrentCalls ?? Infinity);
    return {
      workspace: limits,
      scenario: limits.scenarios.find(({ scenarioId }) => scenarioId === scenario) ?? {},
      trunk: { ...ofTrunk, concurrentCalls },
    };
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancel = this.clock.at(this.clock.now() + SAVE_MS, () => {
      void this.save().then(() => this.#alive());
      this.#schedule();
    });
  }

  async #alive(): Promise<void> {
    if (this.#stopped) return;
    await this.#shared
      ?.alive(this.counters.living)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the other instances do not hear of this one'));
  }
}
