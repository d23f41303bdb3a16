import { Topic } from '@callwright/kernel';
import type { EntityManager, EntityTarget, FindOptionsWhere } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Audit } from '../../audit/audit.js';
import type { Principal } from '../../auth/principal.js';
import { apiError, type ApiErrorCode } from '../../errors.js';
import { type Database, unique } from './database.js';
import { type Page, page, type PageQuery } from './paging.js';
import type { WorkspaceRow } from './row.js';

export interface ShelfFacts<T> {
  readonly entity: EntityTarget<T>;
  /** For the audit: `number` gives `number.created`, `number.updated`, `number.deleted`. */
  readonly noun: string;
  /** What a broken unique index means. */
  readonly taken: ApiErrorCode;
}

type Actor = Pick<Principal, 'workspaceId' | 'label'>;
type Values<T> = Omit<T, keyof WorkspaceRow>;

/** The objects of one kind in a workspace: list, read, make, change, remove; audited, and nothing of another workspace is seen. */
export class Shelf<T extends WorkspaceRow> {
  /** Something was made, changed or removed. */
  readonly changed = new Topic<void>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly facts: ShelfFacts<T>,
  ) {}

  list(who: Actor, query: PageQuery): Promise<Page<T>> {
    const rows = this.database.rows(this.facts.entity).createQueryBuilder('row');
    return page(rows.where('row.workspaceId = :workspaceId', { workspaceId: who.workspaceId }), query);
  }

  get(who: Pick<Actor, 'workspaceId'>, id: string): Promise<T> {
    return this.database.owned(this.facts.entity, who.workspaceId, id);
  }

  /** A row by a property that is unique in the workspace, or null. */
  find(workspaceId: string, where: FindOptionsWhere<T>): Promise<T | null> {
    return this.database.rows(this.facts.entity).findOneBy({ ...where, workspaceId } as FindOptionsWhere<T>);
  }

  /** `values` may bring an id of its own, when something had to be stored or sealed under it before. */
  async add(
    who: Actor,
    values: Values<T> & { id?: string },
    also?: (manager: EntityManager, row: T) => Promise<void>,
  ): Promise<T> {
    const row = { ...this.database.fresh(), workspaceId: who.workspaceId, ...values } as unknown as T;
    await unique(
      this.facts.taken,
      this.database.change(async (manager) => {
        await manager.insert(this.facts.entity, row as QueryDeepPartialEntity<T>);
        await also?.(manager, row);
        await this.audit.note(manager, who, { action: `${this.facts.noun}.created`, target: row.id, after: row });
      }),
    );
    this.changed.publish();
    return row;
  }

  /** Undefined properties of the patch leave things as they are. */
  async change(
    who: Actor,
    id: string,
    patch: { readonly [Key in keyof Values<T>]?: Values<T>[Key] | undefined },
    also?: (manager: EntityManager, row: T, before: T) => Promise<void>,
  ): Promise<T> {
    const before = await this.get(who, id);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given, updatedAt: this.database.now() };
    await unique(
      this.facts.taken,
      this.database.change(async (manager) => {
        await manager.update(
          this.facts.entity,
          { id, workspaceId: who.workspaceId } as FindOptionsWhere<T>,
          {
            ...given,
            updatedAt: after.updatedAt,
          } as unknown as QueryDeepPartialEntity<T>,
        );
        await also?.(manager, after, before);
        await this.audit.note(manager, who, {
          action: `${this.facts.noun}.updated`,
          target: id,
          before: onlyKeys(before, Object.keys(given)),
          after: onlyKeys(after, Object.keys(given)),
        });
      }),
    );
    this.changed.publish();
    return after;
  }

  async remove(who: Actor, id: string, also?: (manager: EntityManager, row: T) => Promise<void>): Promise<T> {
    const row = await this.get(who, id);
    await this.database.change(async (manager) => {
      const { affected } = await manager.delete(this.facts.entity, {
        id,
        workspaceId: who.workspaceId,
      } as FindOptionsWhere<T>);
      if (affected === 0) throw apiError('input.not-found');
      await also?.(manager, row);
      await this.audit.note(manager, who, { action: `${this.facts.noun}.deleted`, target: id, before: row });
    });
    this.changed.publish();
    return row;
  }
}

function onlyKeys(value: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}
