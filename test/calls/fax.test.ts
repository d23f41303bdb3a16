import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { ADMIN, Product } from '../support/product.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

/*
 * Two products that only know each other's SIP address: one has a fax in its queue, the other a scenario that receives. What arrives is
 * compared pixel by pixel with what was sent.
 */

const FOLDER = mkdtempSync(join(tmpdir(), 'callwright-fax-e2e-'));
const FAX_MS = 150_000;
const library = [
  '/usr/lib/x86_64-linux-gnu/libspandsp.so.2',
  '/usr/lib/aarch64-linux-gnu/libspandsp.so.2',
  '/usr/local/lib/libspandsp.so.2',
].some((path) => existsSync(path));

interface FaxItem {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly pages: number;
  readonly callId: string | null;
  readonly attempts: readonly { readonly standard: string | null }[];
  readonly explanation: string | null;
}

const receiver = {
  id: 'fax-in',
  meta: { format: 1, name: 'Fax in' },
  initial: 'answer',
  states: {
    answer: {
      invoke: {
        src: 'answer',
        input: {},
        onDone: [{ guard: { type: 'outcome', params: { is: 'answered' } }, target: 'fax', reenter: true }],
      },
    },
    fax: {
      invoke: {
        src: 'receive-fax',
        input: { options: { LocalIdent: '+370 2' } },
        onDone: [{ guard: { type: 'outcome', params: { is: 'received' } }, target: 'note', reenter: true }],
      },
    },
    note: { invoke: { src: 'log', input: { message: 'got {{ steps.fax.pages }} pages' }, onDone: [] } },
    Ended: { type: 'final' },
  },
};

/** Two pages of text, as a fax machine would have scanned them. */
function document(): string {
  const pdf = join(FOLDER, 'offer.pdf');
  const tif = join(FOLDER, 'offer.tif');
  const page = (text: string) => `/Helvetica findfont 60 scalefont setfont 72 700 moveto (${text}) show showpage `;
  execFileSync('gs', [
    '-q',
    '-dNOPAUSE',
    '-dBATCH',
    '-sDEVICE=pdfwrite',
    `-sOutputFile=${pdf}`,
    '-c',
    page('Offer 7') + page('Terms'),
  ]);
  execFileSync('gs', [
    '-q',
    '-dNOPAUSE',
    '-dBATCH',
    '-sDEVICE=tiffg3',
    '-r204x98',
    '-dAdjustWidth=1',
    '-sPAPERSIZE=a4',
    `-sOutputFile=${tif}`,
    pdf,
  ]);
  return tif;
}

describe.skipIf(!library)('a fax from one product to another (skipped without libspandsp2)', () => {
  let a: Product;
  let b: Product;
  let sender: Api;
  let other: Api;
  let offer: string;

  beforeAll(async () => {
    offer = document();
    b = await Product.start();
    a = await Product.start();
    [sender, other] = await Promise.all([a.admin(), b.admin()]);
    const scenario = await other.post<{ id: string }>('/scenarios', { name: 'Fax in', document: receiver });
    await other.post(`/scenarios/${scenario.id}/versions`, {});
    await other.post('/numbers', { pattern: '2000', scenarioId: scenario.id, version: 'latest' });
    await sender.put('/limits', {
      outboundPrefixes: [],
      deniedPrefixes: [],
      sipHosts: ['127.0.0.1'],
      callsPerSecond: 10,
      concurrentCalls: 10,
      minutesPerDay: 1_000,
    });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([a?.stop(), b?.stop()]);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  const submit = async (options: object): Promise<string> => {
    const form = new FormData();
    form.append('to', `sip:2000@${b.sipAddress}`);
    form.append('options', JSON.stringify(options));
    form.append('file', new Blob([readFileSync(offer)]), 'offer.tif');
    const reply = await sender.raw('POST', '/faxes', {
      body: form,
      headers: { 'Idempotency-Key': JSON.stringify(options) },
    });
    expect(reply.status).toBe(202);
    return ((await reply.json()) as { id: string }).id;
  };
  const ended = async (api: Api, id: string): Promise<FaxItem> => {
    let fax: FaxItem | null = null;
    await eventually(
      'the fax is over',
      async () => {
        fax = await api.get<FaxItem>(`/faxes/${id}`);
        return !['queued', 'dialing', 'sending', 'receiving'].includes(fax.state);
      },
      FAX_MS,
    );
    return fax!;
  };
  const tiffOf = async (api: Api, id: string, name: string): Promise<string> => {
    const reply = await api.raw('GET', `/faxes/${id}/document?format=tiff`);
    const path = join(FOLDER, name);
    writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
    return path;
  };

  it.each([
    ['T.38', {}],
    ['T.30', { T38: 'NO' }],
  ])(
    'goes through over %s, and every pixel arrives',
    async (standard, options) => {
      const id = await submit({ LocalIdent: '+370 1', ...options });
      const sent = await ended(sender, id);
      expect([sent.state, sent.explanation, sent.pages]).toEqual(['sent', 'All pages went through.', 2]);
      // On a machine that is busy with other things audio may need a second try.
      expect(sent.attempts.at(-1)?.standard).toBe(standard);
      const [arrived] = (await other.get<{ items: FaxItem[] }>('/faxes?direction=inbound')).items;
      const received = await ended(other, arrived!.id);
      expect([received.state, received.pages]).toEqual(['received', 2]);
      const [left, right] = [await tiffOf(sender, id, 'sent.tif'), await tiffOf(other, received.id, 'received.tif')];
      // Ends with 1 and says where when a pixel differs; tags may.
      execFileSync('tiffcmp', ['-t', left, right], { stdio: 'pipe' });
      // The nodes behind the fax ran although the machine had hung up.
      await eventually('the note is written', async () => {
        const { items } = await other.get<{ items: { name: string; message?: string }[] }>(
          `/calls/${received.callId}/events?limit=200`,
        );
        return items.some(({ name, message }) => name === 'log.written' && message === 'got 2 pages');
      });
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
