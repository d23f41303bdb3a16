import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitingRoom } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { pause } from '../support/eventually.js';
import { LossyRelay } from '../support/lossy-relay.js';
import { Product } from '../support/product.js';
import { sipp } from '../support/sipp.js';

/* Signalling through bad weather (reliability B2): what is set up, what is cleared cleanly, and that nothing is left over. */

const caller = readFileSync(join(import.meta.dirname, '../fixtures/sipp/short-caller.xml'), 'utf8').replaceAll(
  '[service]',
  '1000',
);
const CALLS = 2_000;

let product: Product;
let api: Api;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.deploy(waitingRoom('waiting'), '1000');
});
afterAll(() => product?.stop());

describe.each([
  { loss: 0.1, clean: 0.995 },
  { loss: 0.2, clean: 0.995 },
  { loss: 0.3, clean: 0.97 },
])('with $loss of all datagrams lost each way, 50 ± 20 ms late', ({ loss, clean }) => {
  it(`sets up and clears ${clean * 100} % of ${CALLS} calls, and forgets them all`, async () => {
    const relay = await LossyRelay.open(product.sipAddress, { loss, delayMs: 50, jitterMs: 20 });
    const result = await sipp({
      scenario: caller,
      server: relay.address,
      calls: CALLS,
      perSecond: 20,
      timeoutMs: 400_000,
    });
    expect(relay.dropped).toBeGreaterThan(CALLS * loss);
    expect(result.successful / CALLS).toBeGreaterThanOrEqual(clean);
    await pause(42_000);
    expect(await api.liveCalls()).toEqual([]);
    relay.close();
  });
});
