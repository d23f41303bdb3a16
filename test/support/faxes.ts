import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node, scenario } from '../fixtures/scenarios.js';
import type { Api } from './api.js';
import { eventually } from './eventually.js';

/** Whether faxes can be sent on this machine at all. */
export const hasFaxLibrary = [
  '/usr/lib/x86_64-linux-gnu/libspandsp.so.2',
  '/usr/lib/aarch64-linux-gnu/libspandsp.so.2',
  '/usr/local/lib/libspandsp.so.2',
].some((path) => existsSync(path));

/** A fax as the API tells it. */
export interface FaxItem {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly pages: number;
  readonly totalPages: number | null;
  readonly inDoubtPage: number | null;
  readonly callId: string | null;
  readonly attempts: readonly { readonly standard: string | null; readonly callId: string; readonly pages: number }[];
  readonly explanation: string | null;
}

/** Answers, takes a fax, and notes how many pages came. */
export const faxReceiver = (options: object = {}) =>
  scenario('fax-in', {
    answer: node('answer', {}, { answered: 'fax' }),
    fax: node('receive-fax', { options: { LocalIdent: '+370 2', ...options } }, { received: 'note' }),
    note: node('log', { message: 'got {{ steps.fax.pages }} pages' }),
  });

/** A page of text for each word, as a fax machine would have scanned them: the path of a TIFF. */
export function faxDocument(folder: string, words: readonly string[]): string {
  const [pdf, tif] = [join(folder, 'document.pdf'), join(folder, 'document.tif')];
  const page = (text: string) => `/Helvetica findfont 60 scalefont setfont 72 700 moveto (${text}) show showpage `;
  const print = (...args: string[]) => execFileSync('gs', ['-q', '-dNOPAUSE', '-dBATCH', ...args]);
  print('-sDEVICE=pdfwrite', `-sOutputFile=${pdf}`, '-c', words.map(page).join(''));
  print('-sDEVICE=tiffg3', '-r204x98', '-dAdjustWidth=1', '-sPAPERSIZE=a4', `-sOutputFile=${tif}`, pdf);
  return tif;
}

/** Puts a fax into the queue. */
export async function submitFax(api: Api, tiff: string, to: string, options: object, key: string): Promise<string> {
  const form = new FormData();
  form.append('to', to);
  form.append('options', JSON.stringify(options));
  form.append('file', new Blob([readFileSync(tiff)]), 'offer.tif');
  const reply = await api.raw('POST', '/faxes', { body: form, headers: { 'Idempotency-Key': key } });
  if (reply.status !== 202) throw new Error(`${reply.status}: ${await reply.text()}`);
  return ((await reply.json()) as { id: string }).id;
}

const UNDER_WAY = ['queued', 'dialing', 'sending', 'receiving'];

/** The fax when it is over. */
export const faxEnded = (api: Api, id: string, timeoutMs: number): Promise<FaxItem> =>
  eventually(
    `fax ${id} is over`,
    async () => {
      const fax = await api.get<FaxItem>(`/faxes/${id}`);
      return UNDER_WAY.includes(fax.state) ? null : fax;
    },
    timeoutMs,
  );

/** Faxes that came in, the newest first. */
export const faxesIn = async (api: Api): Promise<readonly FaxItem[]> =>
  (await api.get<{ items: FaxItem[] }>('/faxes?direction=inbound')).items;

/** Its document, written to `path`. */
export async function faxTiff(api: Api, id: string, path: string): Promise<string> {
  const reply = await api.raw('GET', `/faxes/${id}/document?format=tiff`);
  writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
  return path;
}

/** Throws, and says where, when a pixel differs; tags may. */
export const samePixels = (left: string, right: string): void =>
  void execFileSync('tiffcmp', ['-t', left, right], { stdio: 'pipe' });

/** What lets a product call others on this machine. */
export const LOOPBACK_LIMITS = {
  outboundPrefixes: [],
  deniedPrefixes: [],
  sipHosts: ['127.0.0.1'],
  callsPerSecond: 10,
  concurrentCalls: 10,
  minutesPerDay: 1_000,
};
