import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import type { Api, LiveView } from '../support/api.js';
import { BaresipPhone } from '../support/baresip.js';
import { Product } from '../support/product.js';

/* Publishing during a call (G5): who is in a call stays on its version, who calls next gets the new one. */

const version = (says: string) =>
  scenario('versions', {
    answer: node('answer', {}, { answered: 'key' }),
    key: node(
      'get-digits',
      { maxDigits: 1, firstDigitTimeoutMs: 20_000 },
      { digits: 'note', 'no-input': 'bye', 'no-match': 'bye' },
    ),
    note: node('log', { message: says }, { done: 'bye' }),
    bye: node('hang-up'),
  });

let product: Product;
let api: Api;
let live: LiveView;
let alice: BaresipPhone;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  live = await api.live();
  alice = await BaresipPhone.start({ username: 'alice', server: product.sipAddress });
});

afterAll(async () => {
  live?.close();
  await alice?.stop();
  await product?.stop();
});

describe('publishing during a call', () => {
  it('leaves the running call as it is and gives the next one the new version', async () => {
    const { id } = await api.deploy(version('this is version one'), '1000');

    await alice.call('1000');
    const first = await live.saw('node.entered', { node: 'key' });
    expect(first.version).toBe(1);
    expect(await api.publish(id, version('this is version two'))).toBe(2);
    await alice.press('1');
    const logged = await live.saw('log.written', { callId: first.callId });
    expect(logged).toMatchObject({ message: 'this is version one', version: 1 });
    await alice.saw('CALL_CLOSED');
    alice.forget();

    await alice.call('1000');
    const second = await live.saw('node.entered', (event) => event['node'] === 'key' && event.callId !== first.callId);
    await alice.press('1');
    const next = await live.saw('log.written', { callId: second.callId });
    expect(next).toMatchObject({ message: 'this is version two', version: 2 });
    await alice.saw('CALL_CLOSED');
    expect((await api.ended(first.callId)).version).toBe(1);
    expect((await api.ended(second.callId)).version).toBe(2);
  });

  it('keeps a number that is bound to one version on it', async () => {
    const { id, numberId } = await api.deploy({ ...version('old'), id: 'pinned' }, '3000', 1);
    await api.publish(id, { ...version('new'), id: 'pinned' });
    alice.forget();
    await alice.call('3000');
    const { callId } = await live.saw('node.entered', (event) => event['node'] === 'key' && event.scenarioId === id);
    await alice.press('1');
    expect(await live.saw('log.written', { callId })).toMatchObject({ message: 'old', version: 1 });
    await alice.saw('CALL_CLOSED');
    expect(await api.get(`/numbers/${numberId}`).catch(() => ({ version: 1 }))).toMatchObject({ version: 1 });
  });
});
