import { applyEdits } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../testing/scenarios.js';
import { pickUp } from './openDraft.js';

const theirs = frontDesk();
const mine = applyEdits(theirs, [{ type: 'set-label', id: 'menu', label: 'Mine' }]).document;
const step = { label: 'Label a node', document: theirs, at: 1 };

describe('opening a scenario that this browser has a copy of', () => {
  it('goes on with unsaved work, and what can be undone', () => {
    const { history, unsaved } = pickUp(
      { document: theirs, etag: '"3"' },
      { document: mine, past: [step], future: [], etag: '"3"', base: theirs, dirty: true },
    );
    expect(history.document).toBe(mine);
    expect(history.past).toEqual([step]);
    expect(unsaved).toBeNull();
  });

  it('tells what its work goes back to when the server went on as well', () => {
    const { history, unsaved } = pickUp(
      { document: theirs, etag: '"4"' },
      { document: mine, past: [step], future: [], etag: '"3"', base: theirs, dirty: true },
    );
    expect(history.document).toBe(mine);
    expect(unsaved).toEqual({ base: theirs, etag: '"3"' });
  });

  it('takes what the server has when nothing was unsaved; the old state can be brought back', () => {
    const { history, unsaved } = pickUp(
      { document: theirs, etag: '"4"' },
      { document: mine, past: [], future: [], etag: '"3"', base: theirs, dirty: false },
    );
    expect(history.document).toBe(theirs);
    expect(history.past.at(-1)?.document).toBe(mine);
    expect(unsaved).toBeNull();
  });

  it('keeps the history when both are the same', () => {
    const copy = structuredClone(theirs);
    const { history } = pickUp(
      { document: theirs, etag: '"3"' },
      { document: copy, past: [step], future: [], etag: '"2"', base: theirs, dirty: true },
    );
    expect(history).toEqual({ document: theirs, past: [step], future: [] });
  });
});
