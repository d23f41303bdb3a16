import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import {
  faxDocument,
  faxEnded,
  faxesIn,
  faxReceiver,
  faxTiff,
  hasFaxLibrary,
  LOOPBACK_LIMITS,
  samePixels,
  submitFax,
} from '../support/faxes.js';
import { ADMIN, Product } from '../support/product.js';

/*
 * Two products that only know each other's SIP address: one has a fax in its queue, the other a scenario that receives. What arrives is
 * compared pixel by pixel with what was sent.
 */

const FOLDER = mkdtempSync(join(tmpdir(), 'callwright-fax-e2e-'));
const FAX_MS = 150_000;

describe.skipIf(!hasFaxLibrary)('a fax from one product to another (skipped without libspandsp2)', () => {
  let a: Product;
  let b: Product;
  let sender: Api;
  let other: Api;
  let offer: string;

  beforeAll(async () => {
    offer = faxDocument(FOLDER, ['Offer 7', 'Terms']);
    b = await Product.start();
    a = await Product.start();
    [sender, other] = await Promise.all([a.admin(), b.admin()]);
    await other.deploy(faxReceiver(), '2000');
    await sender.put('/limits', LOOPBACK_LIMITS);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([a?.stop(), b?.stop()]);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it.each([
    ['T.38', {}],
    ['T.30', { T38: 'NO' }],
  ])(
    'goes through over %s, and every pixel arrives',
    async (standard, options) => {
      const to = `sip:2000@${b.sipAddress}`;
      const id = await submitFax(sender, offer, to, { LocalIdent: '+370 1', ...options }, standard);
      const sent = await faxEnded(sender, id, FAX_MS);
      expect([sent.state, sent.explanation, sent.pages]).toEqual(['sent', 'All pages went through.', 2]);
      // On a machine that is busy with other things audio may need a second try.
      expect(sent.attempts.at(-1)?.standard).toBe(standard);
      const [arrived] = await faxesIn(other);
      const received = await faxEnded(other, arrived!.id, FAX_MS);
      expect([received.state, received.pages]).toEqual(['received', 2]);
      const copies = [
        await faxTiff(sender, id, join(FOLDER, 'sent.tif')),
        await faxTiff(other, received.id, join(FOLDER, 'received.tif')),
      ] as const;
      samePixels(...copies);
      // The nodes behind the fax ran although the machine had hung up.
      await eventually('the note is written', async () =>
        (await other.events(received.callId!)).some(
          (event) => event.name === 'log.written' && event['message'] === 'got 2 pages',
        ),
      );
    },
    FAX_MS * 2,
  );

  it('is on the page, with its pages and with what the machines said', async () => {
    const window = await BrowserWindow.open(a.url);
    const { page } = window;
    try {
      await page.goto('/login');
      await page.getByLabel('Email').fill(ADMIN.email);
      await page.getByLabel('Password').fill(ADMIN.password);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('link', { name: 'Faxes' }).click();
      await expect.poll(() => page.locator('[data-fax]').count(), { timeout: 20_000 }).toBe(2);
      await page.screenshot({ path: join(RESULTS, 'faxes.png') });
      await page.locator('[data-fax]').first().getByRole('link').click();
      await page.getByRole('img', { name: 'Page 1' }).waitFor();
      await page.getByText('What the machines said').first().waitFor();
      await page.locator('[data-event="fax.ended"]').waitFor();
      await page.screenshot({ path: join(RESULTS, 'fax.png'), fullPage: true });
      window.forgetLogIn();
      expect(window.complaints).toEqual([]);
    } finally {
      await window.close();
    }
  }, 60_000);
});
