import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { eventually } from '../support/eventually.js';
import {
  faxDocument,
  faxEnded,
  faxesIn,
  faxReceiver,
  faxTiff,
  hasFaxLibrary,
  LOOPBACK_LIMITS,
  submitFax,
  type FaxItem,
} from '../support/faxes.js';
import { Product } from '../support/product.js';

/*
 * kill −9 at every stage of a fax that is being sent (reliability G2): it goes on at the first page whose confirmation was not stored.
 * What arrives is compared with what was sent, page by page.
 */

const PAGES = ['Offer 7', 'Terms', 'Signature'];
const FAX_MS = 240_000;

type Reached = (fax: FaxItem, events: ReadonlySet<string>) => boolean;

const STAGES: readonly (readonly [title: string, reached: Reached])[] = [
  ['while it calls', ({ state }) => state === 'dialing'],
  ['before the first page', (_fax, events) => events.has('fax.negotiated')],
  ['after the first page', ({ pages }) => pages >= 1],
  ['after the second page', ({ pages }) => pages >= 2],
  ['after the last page', ({ pages }) => pages >= 3],
];

describe.skipIf(!hasFaxLibrary)('a server that is killed while it faxes (skipped without libspandsp2)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callwright-fax-kill-'));
  let receiver: Product;
  let other: Api;
  let sender: Product;
  let tiff: string;

  beforeAll(async () => {
    tiff = faxDocument(folder, PAGES);
    receiver = await Product.start();
    other = await receiver.admin();
    await other.deploy(faxReceiver(), '2000');
    sender = await Product.start({ dataDir: join(folder, 'data') });
    await (await sender.admin()).put('/limits', LOOPBACK_LIMITS);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([sender?.stop(), receiver?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** One page as a file of its own. */
  const pageOf = (document: string, page: number): string => {
    const path = join(folder, 'one-page.tif');
    execFileSync('tiffcp', [`${document},${page}`, path]);
    const plain = join(folder, `page-${page}-${Math.random().toString(36).slice(2)}.tif`);
    execFileSync('tiffcp', ['-c', 'none', '-f', 'msb2lsb', '-r', '100000', path, plain]);
    return plain;
  };
  /** Which pages of the document a fax that came in holds, from 1. */
  const pagesIn = async (fax: FaxItem): Promise<number[]> => {
    const arrived = await faxTiff(other, fax.id, join(folder, `${fax.id}.tif`));
    return Array.from({ length: fax.pages }, (_, n) => {
      const one = pageOf(arrived, n);
      return 1 + PAGES.findIndex((_word, page) => same(pageOf(tiff, page), one));
    });
  };

  it.each(STAGES)(
    '%s sends every page, and none twice but the one in doubt',
    async (title, reached) => {
      const before = new Set((await faxesIn(other)).map(({ id }) => id));
      let api = await sender.admin();
      const id = await submitFax(api, tiff, `sip:2000@${receiver.sipAddress}`, {}, title);
      await eventually(
        `the fax has come so far: ${title}`,
        async () => {
          const fax = await api.get<FaxItem>(`/faxes/${id}`);
          const events = fax.callId === null ? [] : await api.events(fax.callId).catch(() => []);
          return reached(fax, new Set(events.map(({ name }) => name)));
        },
        FAX_MS,
      );
      await sender.kill('SIGKILL');
      sender = await Product.start({ dataDir: join(folder, 'data') });
      api = await sender.admin();
      const { state, pages, inDoubtPage } = await api.get<FaxItem>(`/faxes/${id}`);
      if (title !== 'while it calls' && state !== 'sent') expect(inDoubtPage).toBe(pages + 1);
      const sent = await faxEnded(api, id, FAX_MS);
      expect([sent.state, sent.outcome, sent.inDoubtPage]).toEqual(['sent', 'sent', null]);
      const arrived: number[] = [];
      for (const fax of (await faxesIn(other)).filter((one) => !before.has(one.id)))
        arrived.push(...(await pagesIn(await faxEnded(other, fax.id, FAX_MS))));
      expect(arrived).not.toContain(0);
      for (const [index] of PAGES.entries()) {
        const times = arrived.filter((page) => page === index + 1).length;
        const most = index + 1 === inDoubtPage ? 2 : 1;
        expect([index + 1, times >= 1 && times <= most]).toEqual([index + 1, true]);
      }
    },
    FAX_MS * 3,
  );
});

/** Whether two pages have the same pixels. */
function same(left: string, right: string): boolean {
  try {
    execFileSync('tiffcmp', ['-t', left, right], { stdio: 'pipe' });
    return true;
  } catch (error) {
    if ((error as { status?: number }).status === 1) return false;
    throw error;
  }
}
