import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './build.mjs';

let root;
const write = (path, text = 'x') => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'callwright-fingerprint-'));
  for (const path of ['package-lock.json', 'tsconfig.base.json', 'libs/sip/src/uri.ts', 'libs/media/src/mix.ts'])
    write(path);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what is built again', () => {
  const changedBy = (change) => {
    const before = fingerprint(['libs'], root);
    change();
    return fingerprint(['libs'], root) !== before;
  };

  it('nothing, when nothing changed', () => expect(changedBy(() => undefined)).toBe(false));
  it('everything, when a source has another size', () =>
    expect(changedBy(() => write('libs/sip/src/uri.ts', 'xy'))).toBe(true));
  it('everything, when a source was written anew', () =>
    expect(changedBy(() => utimesSync(join(root, 'libs/sip/src/uri.ts'), 1, 1))).toBe(true));
  it('everything, when a source is new', () => expect(changedBy(() => write('libs/sip/src/digest.ts'))).toBe(true));
  it('everything, when a source is gone', () =>
    expect(changedBy(() => rmSync(join(root, 'libs/media/src/mix.ts')))).toBe(true));
  it('everything, when the packages changed', () =>
    expect(changedBy(() => write('package-lock.json', 'other'))).toBe(true));

  it.each(['libs/sip/src/uri.test.ts', 'libs/sip/README.md', 'libs/sip/dist/uri.js', 'libs/sip/src/testing/link.ts'])(
    'nothing, for %s',
    (path) => expect(changedBy(() => write(path))).toBe(false),
  );
});
