import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { containing } from '../platform/database/columns.js';
import type { CallRow } from './call.entity.js';
import { CallStepRow, CallVariableRow } from './call-search.entity.js';
import type { CallFilters } from './calls.schemas.js';
import type { LogEntry } from './event-log.js';

/** A longer value is found by its beginning. */
const LONGEST_VALUE = 200;

/** A value as people search for it: text as it is, anything else as JSON. PostgreSQL keeps no NUL, and nobody searches for one. */
export const searchText = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '').slice(0, LONGEST_VALUE);

/** Keeps what calls are found by, in the transaction that keeps their events. Doing so twice changes nothing. */
export async function indexBatch(manager: EntityManager, batch: readonly LogEntry[]): Promise<void> {
  const steps: CallStepRow[] = [];
  const variables = new Map<string, CallVariableRow>();
  for (const { event, record } of batch) {
    const { workspaceId, startedAt, scenarioId, version } = record;
    if (event?.name === 'node.left') {
      const { callId, seq, node, outcome, durationMs } = event;
      steps.push({ callId, seq, workspaceId, scenarioId, version, node, outcome, startedAt, durationMs });
    }
    if (event?.name === 'variables.changed')
      for (const [name, value] of Object.entries(event.changes))
        variables.set(`${event.callId}/${name}`, {
          callId: event.callId,
          name,
          workspaceId,
          value: searchText(value),
          startedAt,
        });
  }
  await bulkInsert(manager, CallStepRow, steps, 'keep');
  await bulkInsert(manager, CallVariableRow, [...variables.values()], 'replace');
}

/** The calls of a workspace that fit. Nothing but bound values comes from outside. */
export function fitting(
  rows: SelectQueryBuilder<CallRow>,
  { workspaceId }: Pick<Principal, 'workspaceId'>,
  filters: CallFilters,
): SelectQueryBuilder<CallRow> {
  rows.where('row.workspaceId = :workspaceId', { workspaceId });
  for (const key of ['state', 'from', 'to', 'scenarioId', 'number', 'version', 'cause', 'lastNode'] as const) {
    if (filters[key] !== undefined) rows.andWhere(`row.${key} = :${key}`, { [key]: filters[key] });
  }
  const { since, until, q, node, outcome, variable } = filters;
  if (since !== undefined) rows.andWhere('row.startedAt >= :since', { since: new Date(since).toISOString() });
  if (until !== undefined) rows.andWhere('row.startedAt < :until', { until: new Date(until).toISOString() });
  if (q !== undefined) {
    const part = containing(withoutSeparators(q));
    rows.andWhere(String.raw`(LOWER(row.from) LIKE :part ESCAPE '\' OR LOWER(row.to) LIKE :part ESCAPE '\')`, { part });
  }
  if (node !== undefined || outcome !== undefined) {
    const step = rows.subQuery().select('1').from(CallStepRow, 'step').where('step.callId = row.id');
    if (node !== undefined) step.andWhere('step.node = :node');
    if (outcome !== undefined) step.andWhere('step.outcome = :outcome');
    // A call that is at the node now has not left it.
    const here = node !== undefined && outcome === undefined ? ' OR row.node = :node' : '';
    rows.andWhere(`(EXISTS ${step.getQuery()}${here})`, { node, outcome });
  }
  if (variable !== undefined) {
    const at = variable.indexOf('=');
    if (at < 1) throw apiError('input.invalid', { fields: [{ path: 'variable', message: 'must be NAME=VALUE' }] });
    const held = rows
      .subQuery()
      .select('1')
      .from(CallVariableRow, 'held')
      .where('held.callId = row.id AND held.name = :heldName AND held.value = :heldValue');
    rows.andWhere(`EXISTS ${held.getQuery()}`, {
      heldName: variable.slice(0, at),
      heldValue: variable.slice(at + 1, at + 1 + LONGEST_VALUE),
    });
  }
  return rows;
}

/** `+370 (600) 00-001` is meant as it is stored. */
const withoutSeparators = (text: string): string =>
  /^[+\d][\d\s().-]*$/.test(text) ? text.replaceAll(/[\s().-]/g, '') : text;
