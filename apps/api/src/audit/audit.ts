import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../auth/principal.js';
import { Database } from '../platform/database/database.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditedChange {
  /** `scenario.updated` */
  readonly action: string;
  /** Id of what was changed. */
  readonly target: string;
  readonly before?: object | null;
  readonly after?: object | null;
}

type Actor = Pick<Principal, 'workspaceId' | 'label'>;

/** Keys that are never written down, whatever object they come in. */
const SECRET = /password|token|secret|sealed|hash|ha1|value/i;
/** A document is in its versions; the audit tells that it changed, not each word of it. */
const LARGE = new Set(['document']);

/** Writes down who changed what, in the same transaction as the change itself. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  async note(manager: EntityManager, actor: Actor, change: AuditedChange): Promise<void> {
    await manager.insert(AuditEntry, {
      ...this.database.fresh(),
      workspaceId: actor.workspaceId,
      actor: actor.label,
      action: change.action,
      target: change.target,
      before: cleaned(change.before),
      after: cleaned(change.after),
    });
  }
}

function cleaned(value: object | null | undefined): object | null {
  if (!value) return null;
  return Object.fromEntries(
    Object.entries(value).filter(([key, inner]) => !SECRET.test(key) && !LARGE.has(key) && inner !== undefined),
  );
}
