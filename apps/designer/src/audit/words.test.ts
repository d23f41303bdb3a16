import { describe, expect, it } from 'vitest';
import type { AuditItem } from '../api/types.js';
import { changesOf, deedOf } from './words.js';

const item = (more: Partial<AuditItem>): AuditItem => ({
  id: 'a',
  createdAt: '2026-03-02T10:00:00Z',
  updatedAt: '2026-03-02T10:00:00Z',
  actor: 'ada@example.org',
  action: 'number.updated',
  target: 'n1',
  before: null,
  after: null,
  ...more,
});

describe('an entry of the audit', () => {
  it('is something done to a thing that has a name', () => {
    expect(deedOf(item({ before: { pattern: '100*', version: 1 }, after: { version: 2 } }))).toEqual({
      noun: 'number',
      verb: 'updated',
      name: '100*',
    });
    expect(deedOf(item({ action: 'user.password-changed' }))).toEqual({
      noun: 'user',
      verb: 'password-changed',
      name: 'n1',
    });
  });

  it('says what is different afterwards', () => {
    const before = { id: 'n1', version: 1, scenarioId: 's', updatedAt: 'then' };
    expect(changesOf({ before, after: { version: 2, scenarioId: 's', updatedAt: 'now' } })).toEqual([
      { field: 'version', before: '1', after: '2' },
    ]);
    expect(changesOf({ before: null, after: { prefixes: ['+'] } })).toEqual([
      { field: 'prefixes', before: null, after: '["+"]' },
    ]);
  });
});
