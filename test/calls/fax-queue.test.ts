import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { BusyExchange } from '../support/busy-exchange.js';
import { eventually } from '../support/eventually.js';
import { faxDocument, hasFaxLibrary, LOOPBACK_LIMITS, submitFax, type FaxItem } from '../support/faxes.js';
import { hasPostgres, startPostgres, type Postgres } from '../support/postgres.js';
import { Product } from '../support/product.js';

/*
 * Two instances on one database and one data folder race for the same faxes (reliability G2). The far end counts: a number that is busy
 * must have been called once, for the next try comes a minute later.
 */

const FAXES = 120;
const NEXT_TRY_MS = 60_000;

const missing = !hasFaxLibrary ? 'libspandsp2' : !hasPostgres ? 'PostgreSQL' : null;

describe.skipIf(missing)(
  `two instances with one queue (${missing ? `skipped without ${missing}` : 'PostgreSQL'})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'callwright-fax-race-'));
    let postgres: Postgres;
    const products: Product[] = [];
    const apis: Api[] = [];
    let exchange: BusyExchange;

    const start = (name: string) =>
      Product.start({ env: { DATABASE_URL: postgres.url, INSTANCE_ID: name }, dataDir: join(folder, 'data') });

    beforeAll(async () => {
      postgres = await startPostgres();
      exchange = await BusyExchange.open();
      products.push(await start('one'));
      apis.push(await products[0]!.admin());
      await apis[0]!.put('/limits', { ...LOOPBACK_LIMITS, callsPerSecond: 1_000, concurrentCalls: 1_000 });
      // Afterwards, for without Redis an instance reads the limits when it starts.
      products.push(await start('two'));
      apis.push(await products[1]!.admin());
    }, 180_000);
    afterAll(async () => {
      await Promise.all(products.map((product) => product.stop()));
      exchange?.close();
      postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const all = async (api: Api): Promise<FaxItem[]> => {
      const { items, next } = await api.get<{ items: FaxItem[]; next: string | null }>('/faxes?limit=200');
      expect(next).toBeNull();
      return items;
    };

    it(
      'calls each number once, although both look for what is due',
      async () => {
        const [first, second] = apis as [Api, Api];
        const tiff = faxDocument(folder, ['Offer 7']);
        const known = await submitFax(first, tiff, `sip:0@${exchange.address}`, {}, 'fax-0');
        const { document } = await first.get<{ document: string }>(`/faxes/${known}`);
        const order = (n: number) => ({ to: `sip:${n}@${exchange.address}`, media: document });
        const since = performance.now();
        // Each order reaches both instances, as a client does that is not sure whether the first has taken it.
        for (let n = 1; n < FAXES; n++) {
          const headers = { 'Idempotency-Key': `fax-${n}` };
          const ids = await Promise.all(
            [first, second].map((api) => api.post<{ id: string }>('/faxes', order(n), headers)),
          );
          expect(ids[0]!.id).toBe(ids[1]!.id);
        }
        await eventually(
          'each fax was tried',
          async () => (await all(second)).every(({ attempts }) => attempts.length > 0),
          NEXT_TRY_MS,
        );
        const faxes = await all(first);
        expect(faxes).toHaveLength(FAXES);
        expect(exchange.counts.size).toBe(FAXES);
        // Where the machine took so long that second tries are due, each call still stands for one try.
        const tries = faxes.reduce((sum, { attempts }) => sum + attempts.length, 0);
        const calls = [...exchange.counts.values()].reduce((sum, count) => sum + count, 0);
        const onTheLine = faxes.filter(({ state }) => state !== 'queued').length;
        expect(calls).toBeGreaterThanOrEqual(tries);
        expect(calls).toBeLessThanOrEqual(tries + onTheLine);
        if (performance.now() - since < NEXT_TRY_MS) expect(calls).toBe(FAXES);
      },
      NEXT_TRY_MS * 3,
    );
  },
);
