import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario, waitingRoom } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { speech, wavOf } from '../support/audio.js';
import { eventually } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { sipp } from '../support/sipp.js';

/* SIPp plays callers: many short calls over UDP and TCP, and digits by RFC 4733 from its own recordings. */

const file = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/sipp', name), 'utf8');
const calling = (name: string, number: string) => file(name).replaceAll('[service]', number);

let product: Product;
let api: Api;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.upload('prompt', wavOf(speech(10, 5)));
  await api.deploy(waitingRoom('waiting'), '1000');
  await api.deploy(
    scenario('menu', {
      answer: node('answer', {}, { answered: 'menu' }),
      menu: node(
        'menu',
        { prompt: [{ play: 'prompt' }], keys: { '2': 'two' } },
        { two: 'note', 'no-input': 'bye', 'no-match': 'bye' },
      ),
      note: node('log', { message: 'pressed {{ steps.menu.digits }}' }, { done: 'bye' }),
      bye: node('hang-up'),
    }),
    '2000',
  );
});
afterAll(() => product?.stop());

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  it('answers and clears fifty calls, ten a second', async () => {
    const before = (await api.calls('?to=1000&limit=200')).length;
    const result = await sipp({
      scenario: calling('short-caller.xml', '1000'),
      server: product.sipAddress,
      transport,
      calls: 50,
      perSecond: 10,
    });
    expect(result).toMatchObject({ code: 0, errors: '', successful: 50, failed: 0 });
    const stored = await eventually('all calls are stored as ended', async () => {
      const calls = (await api.calls('?to=1000&limit=200')).slice(0, -before || undefined);
      return calls.length === 50 && calls.every((call) => call.endedAt !== null) && calls;
    });
    expect(new Set(stored.map((call) => call.id)).size).toBe(50);
    expect(stored.every((call) => call.cause === 'normal')).toBe(true);
    expect(await api.liveCalls()).toEqual([]);
  });

  it('takes the key that a caller presses while the prompt is still playing', async () => {
    const result = await sipp({ scenario: calling('menu-caller.xml', '2000'), server: product.sipAddress, transport });
    expect(result).toMatchObject({ code: 0, errors: '', successful: 1 });
    const [call] = await api.calls('?to=2000');
    await api.ended(call!.id);
    const events = await api.events(call!.id);
    expect(events).toContainEqual(expect.objectContaining({ name: 'digit.received', digit: '2', method: 'rfc4733' }));
    expect(events).toContainEqual(expect.objectContaining({ name: 'prompt.ended', reason: 'barge-in' }));
    expect(events).toContainEqual(expect.objectContaining({ name: 'log.written', message: 'pressed 2' }));
  });
});
