import { Injectable } from '@nestjs/common';
import type { Json } from '@callwright/kernel';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { Schedule } from './schedule.entity.js';
import type { newSchedule, schedulePatch } from './schedules.schemas.js';
import { Uses } from '../uses/uses.service.js';

@Injectable()
export class SchedulesService {
  readonly #schedules: Shelf<Schedule>;

  constructor(
    database: Database,
    audit: Audit,
    private readonly uses: Uses,
  ) {
    this.#schedules = new Shelf(database, audit, { entity: Schedule, noun: 'schedule', taken: 'schedule.taken' });
  }

  /** For a running call. Rejects with `schedule.not-found`. */
  async named(workspaceId: string, name: string): Promise<Json> {
    const row = await this.#schedules.find(workspaceId, { name });
    if (!row) throw apiError('schedule.not-found', { name });
    return row.schedule as Json;
  }

  list(who: Principal, query: PageQuery) {
    return this.#schedules.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#schedules.get(who, id);
  }

  add(who: Principal, { name, schedule }: z.output<typeof newSchedule>) {
    return this.#schedules.add(who, { name, schedule });
  }

  change(who: Principal, id: string, patch: z.output<typeof schedulePatch>) {
    return this.#schedules.change(who, id, patch);
  }

  async remove(who: Principal, id: string, force: boolean): Promise<void> {
    if (!force) await this.uses.refuseIfUsed(who.workspaceId, 'schedule', (await this.#schedules.get(who, id)).name);
    await this.#schedules.remove(who, id);
  }
}
