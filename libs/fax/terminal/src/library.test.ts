import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { detectFaxLibrary } from './library.js';

describe('the fax library', () => {
  it('is reported with the package to install when it is missing', () => {
    const found = detectFaxLibrary((name) => koffi.load(name.replace('.so.2', '.so.999')));
    expect(found.available).toBe(false);
    expect(found.reason).toMatch(/^Fax is off: install the Debian package libspandsp2 \(libspandsp\.so\.2: .+\)\.$/);
  });

  it('is asked for by the version whose calls we know', () => {
    const asked: string[] = [];
    expect(detectFaxLibrary((name) => (asked.push(name), { unload: () => undefined }))).toEqual({ available: true });
    expect(asked).toEqual(['libspandsp.so.2']);
  });

  it.skipIf(!detectFaxLibrary().available)('is found where it is installed (skipped without libspandsp2)', () => {
    expect(detectFaxLibrary()).toEqual({ available: true });
  });
});
