import { describe, expect, it } from 'vitest';
import { ensurePackages } from './apt.mjs';
import { BUILD_PACKAGES, PRODUCT_PACKAGES, TEST_PACKAGES } from './system.mjs';

describe('system packages', () => {
  it('are left alone when everything is there', async () => {
    expect(await ensurePackages([{ package: 'anything', why: 'x', found: () => true }])).toEqual([]);
  });

  it('each say what they are for, and the optional ones what is off without them', () => {
    for (const each of [...BUILD_PACKAGES, ...PRODUCT_PACKAGES, ...TEST_PACKAGES]) expect(each.why).not.toBe('');
    for (const each of PRODUCT_PACKAGES) expect(each.off, each.package).toBeTruthy();
  });
});
