import { describe, expect, it } from 'vitest';
import { FAX_CAUSES, FAX_OUTCOMES, type FaxCause } from './causes.js';
import { COMPLETION_CODES, completionOf, outcomeOf } from './completion.js';

describe('how a fax ended', () => {
  it('is said in plain words for every code of the library', () => {
    for (let code = 0; code < COMPLETION_CODES; code++) {
      const { cause, explanation } = completionOf(code);
      expect(Object.keys(FAX_CAUSES)).toContain(cause);
      expect(explanation).toMatch(/^[A-Z].*\.$/);
    }
    expect(completionOf(999)).toMatchObject({ cause: 'ERROR', name: 'CODE_999' });
  });

  it('has the cause that applications know', () => {
    expect(completionOf(0).cause).toBe('NORMAL');
    expect(completionOf(2).cause).toBe('NOTFAX');
    expect(completionOf(6).cause).toBe('COMMSFAULT');
    expect(completionOf(11)).toMatchObject({ name: 'NORESSUPPORT', cause: 'STANDARDMISMATCH' });
    expect(completionOf(41)).toMatchObject({ name: 'FILEERROR', cause: 'ERROR' });
    expect(completionOf(49)).toMatchObject({ name: 'CALLDROPPED', cause: 'HANGUP' });
  });

  it('belongs to one family, and to "partly" as soon as a page is through', () => {
    expect(outcomeOf('NORMAL', 'send', 3)).toBe('sent');
    expect(outcomeOf('HANGUP', 'send', 0)).toBe('hung-up');
    expect(outcomeOf('HANGUP', 'send', 2)).toBe('partly-sent');
    expect(outcomeOf('COMMSFAULT', 'receive', 2)).toBe('partly-received');
    expect(outcomeOf('ABORTED', 'send', 2)).toBe('aborted');
    for (const cause of Object.keys(FAX_CAUSES) as FaxCause[])
      for (const pages of [0, 1]) expect(Object.keys(FAX_OUTCOMES)).toContain(outcomeOf(cause, 'send', pages));
  });
});
