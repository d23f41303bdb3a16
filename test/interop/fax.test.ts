import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
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
  samePixels,
  submitFax,
} from '../support/faxes.js';
import { Freeswitch, freeswitchProgram, type FaxManners } from '../support/freeswitch.js';
import { Product } from '../support/product.js';

/* FreeSWITCH's rxfax and txfax at the other end, over G.711 and T.38: three pages, compared pixel by pixel. */

const FAX_MS = 150_000;
const PAGES = ['Offer 7', 'Terms', 'Signature'];

const program = freeswitchProgram();
const missing = !hasFaxLibrary
  ? 'skipped: libspandsp2 is not on this machine'
  : program === null
    ? 'skipped: FreeSWITCH with mod_spandsp is neither on the PATH nor where FREESWITCH_BIN says'
    : null;
if (missing) console.warn(`Fax interoperability is ${missing}`);

interface Way {
  readonly title: string;
  readonly standard: 'T.30' | 'T.38';
  readonly manners: FaxManners;
  readonly options: Readonly<Record<string, string>>;
}

const WAYS: readonly Way[] = [
  {
    title: 'G.711 with error correction',
    standard: 'T.30',
    manners: { t38: false, asksForT38: false, ecm: true },
    options: { T38: 'NO' },
  },
  {
    title: 'G.711 without error correction',
    standard: 'T.30',
    manners: { t38: false, asksForT38: false, ecm: false },
    options: { T38: 'NO', ECM: 'NO' },
  },
  {
    title: 'G.711 after FreeSWITCH has refused T.38',
    standard: 'T.30',
    manners: { t38: false, asksForT38: false, ecm: true },
    options: {},
  },
  {
    title: 'T.38 that we ask for',
    standard: 'T.38',
    manners: { t38: true, asksForT38: false, ecm: true },
    options: {},
  },
  {
    title: 'T.38 that FreeSWITCH asks for, without error correction',
    standard: 'T.38',
    manners: { t38: true, asksForT38: true, ecm: false },
    options: { ECM: 'NO' },
  },
];

describe.skipIf(missing)(`a fax to and from FreeSWITCH (${missing ?? program})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'callwright-fax-interop-'));
  let product: Product;
  let api: Api;
  let freeswitch: Freeswitch;
  let document: string;

  beforeAll(async () => {
    document = faxDocument(folder, PAGES);
    freeswitch = await Freeswitch.start(program!);
    product = await Product.start();
    api = await product.admin();
    await api.put('/limits', LOOPBACK_LIMITS);
    for (const [index, { options }] of WAYS.entries()) {
      const receiver = faxReceiver(options);
      await api.deploy({ ...receiver, id: `fax-in-${index}` }, `200${index}`);
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all([product?.stop(), freeswitch?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const explainFailure = () =>
    onTestFailed(() => {
      console.error(freeswitch.log.split('\n').slice(-150).join('\n'));
      console.error(product.output.slice(-4_000));
    });

  it.each(WAYS.map((way, index) => [way.title, index, way] as const))(
    'is sent over %s',
    async (_title, index, { standard, manners, options }) => {
      explainFailure();
      const name = `sent-${index}`;
      const id = await submitFax(api, document, freeswitch.receiver(name, manners), options, name);
      const sent = await faxEnded(api, id, FAX_MS);
      expect([sent.state, sent.explanation, sent.pages]).toEqual(['sent', 'All pages went through.', PAGES.length]);
      expect(sent.attempts.map((attempt) => attempt.standard)).toEqual([standard]);
      samePixels(document, freeswitch.receivedAs(name));
    },
    FAX_MS * 2,
  );

  it.each(WAYS.map((way, index) => [way.title, index, way] as const))(
    'is received over %s',
    async (_title, index, { standard, manners }) => {
      explainFailure();
      const known = new Set((await faxesIn(api)).map(({ id }) => id));
      await freeswitch.send(`sip:200${index}@${product.sipAddress}`, document, manners);
      const { id } = await eventually('the fax begins', async () =>
        (await faxesIn(api)).find((fax) => !known.has(fax.id)),
      );
      const received = await faxEnded(api, id, FAX_MS);
      expect([received.state, received.explanation, received.pages]).toEqual([
        'received',
        'All pages went through.',
        PAGES.length,
      ]);
      expect(received.attempts.map((attempt) => attempt.standard)).toEqual([standard]);
      samePixels(document, await faxTiff(api, id, join(folder, `received-${index}.tif`)));
    },
    FAX_MS * 2,
  );
});
