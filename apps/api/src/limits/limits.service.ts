import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { Limits } from './limits.entity.js';
import { type LimitsBody, type LimitValues, NO_LIMITS_SET } from './limits.schemas.js';

/** What may go out of each workspace: stored, and in memory for the calls. */
@Injectable()
export class LimitsService implements OnModuleInit {
  readonly #limits = new Map<string, LimitValues>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly bus: Bus,
  ) {
    bus.onChange('limits', () => this.#read());
  }

  onModuleInit(): Promise<void> {
    return this.#read();
  }

  async #read(): Promise<void> {
    for (const row of await this.database.rows(Limits).find()) this.#limits.set(row.id, row);
  }

  /** From memory. */
  of(workspaceId: string): LimitValues {
    return this.#limits.get(workspaceId) ?? NO_LIMITS_SET;
  }

  async get(who: Principal): Promise<Limits> {
    const row = await this.database.rows(Limits).findOneBy({ id: who.workspaceId });
    if (row) return row;
    const { createdAt } = await this.database.rows(Workspace).findOneByOrFail({ id: who.workspaceId });
    return { ...NO_LIMITS_SET, id: who.workspaceId, createdAt, updatedAt: createdAt };
  }

  async replace(who: Principal, body: LimitsBody): Promise<Limits> {
    const before = await this.get(who);
    const { scenarios = before.scenarios, trunks = before.trunks, ...rest } = body;
    const values: LimitValues = { ...rest, scenarios, trunks };
    const after: Limits = {
      ...values,
      id: who.workspaceId,
      createdAt: before.createdAt,
      updatedAt: this.database.now(),
    };
    await this.database.change(async (manager) => {
      await manager.upsert(Limits, after, ['id']);
      await this.audit.note(manager, who, { action: 'limits.updated', target: who.workspaceId, before, after });
    });
    this.#limits.set(who.workspaceId, values);
    this.bus.tell('limits');
    return after;
  }
}
