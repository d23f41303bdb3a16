import { Inject, Injectable } from '@nestjs/common';
import { type CallChannel, channelError, type OriginateOptions, type Telephony } from '@callwright/channel-contract';
import type { CallCommand } from '@callwright/runtime';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { Audit, type AuditedChange } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { CallEnvironments } from '../environments/call-environments.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { apiError, invalid } from '../errors.js';
import { OutboundPolicy } from '../limits/outbound-policy.js';
import { Database } from '../platform/database/database.js';
import { page } from '../platform/database/paging.js';
import { newId } from '../platform/ids.js';
import { iso } from '../platform/time/system-clock.js';
import { LOGGER, TELEPHONY } from '../platform/tokens.js';
import { PublishedScenarios } from '../scenarios/published-scenarios.js';
import { ScenariosService } from '../scenarios/scenarios.service.js';
import { Recordings } from '../telephony/recordings.js';
import { Admission } from './admission.js';
import { CallEventRow, CallRow } from './call.entity.js';
import { CallRegistry } from './call-registry.js';
import type { Pages } from './call-export.js';
import { fitting } from './call-search.js';
import type {
  CallFilters,
  CallQuery,
  commandBody,
  eventsQuery,
  newCall,
  qualityReply,
  signallingReply,
} from './calls.schemas.js';
import { EventLog } from './event-log.js';
import { SignallingStore } from './signalling/signalling-store.js';

const RING_MS = 60_000;
const EXPORTED_AT_ONCE = 500;
const BY_START = { by: 'startedAt', tie: 'id', key: (row: CallRow) => [row.startedAt, row.id] as const };

@Injectable()
export class CallsService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly registry: CallRegistry,
    private readonly log: EventLog,
    private readonly admission: Admission,
    private readonly scenarios: ScenariosService,
    private readonly published: PublishedScenarios,
    private readonly recordings: Recordings,
    private readonly policy: OutboundPolicy,
    private readonly environments: EnvironmentsService,
    private readonly callEnvironments: CallEnvironments,
    private readonly signallingStore: SignallingStore,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async list(who: Principal, query: CallQuery) {
    await this.log.flush();
    return page(this.#fitting(who, query), query, BY_START);
  }

  /** Every call that fits, newest first, page after page. */
  async *pages(who: Principal, filters: CallFilters): Pages {
    await this.log.flush();
    let cursor: string | undefined;
    do {
      const { items, next } = await page(this.#fitting(who, filters), { limit: EXPORTED_AT_ONCE, cursor }, BY_START);
      yield items;
      cursor = next ?? undefined;
    } while (cursor !== undefined);
  }

  #fitting(who: Principal, filters: CallFilters) {
    return fitting(this.database.rows(CallRow).createQueryBuilder('row'), who, filters);
  }

  live(who: Pick<Principal, 'workspaceId'>): CallRow[] {
    return (
      this.registry
        .of(who.workspaceId)
        .map(({ record }) => record)
        // Nodes may run after the call: then a run goes on, and no call does.
        .filter(({ state }) => state !== 'ended')
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    );
  }

  /** A running call from memory, an ended one from the database. */
  async get(who: Pick<Principal, 'workspaceId'>, id: string): Promise<CallRow> {
    const live = this.registry.get(who.workspaceId, id);
    if (live) return live.record;
    await this.log.flush();
    return this.database.owned(CallRow, who.workspaceId, id);
  }

  async events(who: Principal, id: string, { limit, cursor }: z.output<typeof eventsQuery>) {
    await this.get(who, id);
    await this.log.flush();
    const rows = await this.database
      .rows(CallEventRow)
      .createQueryBuilder('row')
      .where('row.callId = :id AND row.seq > :cursor', { id, cursor: cursor ?? 0 })
      .orderBy('row.seq', 'ASC')
      .take(limit + 1)
      .getMany();
    const items = rows.slice(0, limit);
    return { items: items.map(({ event }) => event), next: rows.length > limit ? String(items.at(-1)?.seq) : null };
  }

  /** What is stored, and what the telephony has not told yet. */
  async signalling(who: Principal, id: string): Promise<z.output<typeof signallingReply>> {
    await this.get(who, id);
    const fresh = this.telephony.supervision?.signalling(id) ?? [];
    // What is told while we read is in both.
    const stored = (await this.signallingStore.of(id)).filter(({ at }) => at < (fresh[0]?.at ?? Infinity));
    const messages = [...stored, ...fresh];
    return { items: messages.map(({ at, ...message }) => ({ at: iso(at), ...message })), next: null };
  }

  async recording(who: Principal, id: string, name: string): Promise<string> {
    const { recordings } = await this.get(who, id);
    const path = recordings.some((one) => one.name === name) ? await this.recordings.find(id, name) : null;
    if (path === null) throw apiError('media.not-found', { name });
    return path;
  }

  /** Places a call and runs a scenario on it. */
  async originate(
    who: Principal,
    { to, from, scenarioId, version, parameters, environment: name }: z.output<typeof newCall>,
  ): Promise<{ id: string }> {
    await this.scenarios.get(who, scenarioId);
    const environment = this.environments.find(who.workspaceId, name);
    if (!environment) throw invalid([{ path: 'environment', message: 'is not an environment of this workspace' }]);
    const scenario = await (version === 'latest'
      ? this.published.released(environment, scenarioId)
      : this.published.find(scenarioId, version));
    if (!scenario) throw apiError('scenario.not-published', { scenarioId, version });
    const place = this.admission.take(this.registry.size);
    if (!place.admitted) throw apiError('service.no-capacity', { retryAfterS: place.retryAfterS });
    const callId = newId();
    this.policy.counters.runs(callId, scenarioId);
    this.callEnvironments.begin(callId, environment);
    const channel = await this.#place({
      callId,
      workspaceId: who.workspaceId,
      to,
      from,
      timeoutMs: RING_MS,
      headers: {},
    });
    this.registry.start({ channel, workspaceId: who.workspaceId, scenario, environment, number: null, parameters });
    await this.#note(who, { action: 'call.placed', target: callId, after: { to, scenarioId } });
    return { id: callId };
  }

  async command(
    who: Principal,
    id: string,
    { leg, ...command }: z.output<typeof commandBody>,
  ): Promise<{ accepted: true }> {
    const call = this.registry.get(who.workspaceId, id);
    if (!call?.run) {
      await this.get(who, id);
      throw channelError('call.wrong-state', { reason: 'the call has ended' });
    }
    await call.run.command({ leg: leg ?? 'caller', ...command } as CallCommand, who.label);
    await this.#note(who, { action: `call.${command.type}`, target: id });
    return { accepted: true };
  }

  /** Packets, loss, jitter and round trip of each living leg that has media. */
  async quality(who: Principal, id: string): Promise<z.output<typeof qualityReply>> {
    const call = this.registry.get(who.workspaceId, id);
    if (!call) await this.get(who, id);
    const legs = (call?.record.legs ?? []).filter(({ state }) => state !== 'ended');
    const told = await Promise.all(
      legs.map(async ({ name, codec }) => {
        const quality = await this.telephony.supervision?.quality(id, name);
        return quality ? [{ leg: name, codec, ...quality }] : [];
      }),
    );
    return { legs: told.flat() };
  }

  async noteListening(who: Principal, id: string, leg: string): Promise<void> {
    await this.#note(who, { action: 'call.listened', target: id, after: { leg } });
  }

  /** What was done to a call is done: a database that is away does not undo it. */
  async #note(who: Principal, change: AuditedChange): Promise<void> {
    try {
      await this.database.change((manager) => this.audit.note(manager, who, change));
    } catch (error) {
      this.logger.error({ err: error, action: change.action, call: change.target }, 'the audit could not be written');
    }
  }

  async #place(options: OriginateOptions): Promise<CallChannel> {
    try {
      return await this.telephony.originate(options);
    } catch (error) {
      // What was counted for it goes nowhere.
      this.policy.counters.callEnded(options.callId);
      this.callEnvironments.end(options.callId);
      throw error;
    }
  }
}
