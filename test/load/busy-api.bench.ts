import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { holdCalls } from './support/held-calls.js';
import { ProductSystem } from './support/product-system.js';
import { QUICK, report } from './support/report.js';
import { rtpgen } from './support/rtpgen.js';

/* Whether those who use the API are heard by those who are on the phone: the evenness of sound, first in peace, then with the API kept busy. */

const CALLS = 200;
const SECONDS = QUICK ? 5 : 15;
/** Requests that are under way at any time. */
const CLIENTS = 8;
const NODES = 1_000;

describe.skipIf(!rtpgen.program)(`a busy API${rtpgen.reason ? ` (not measured: ${rtpgen.reason})` : ''}`, () => {
  let system: ProductSystem;
  beforeAll(async () => {
    system = await ProductSystem.start();
  });
  afterAll(() => system?.stop());

  it('does not disturb the sound of calls', async () => {
    const api = await system.product.admin();
    const { id } = await api.post<{ id: string }>('/scenarios', { name: 'large', document: large() });
    const busy = new AbortController();
    let requests: Promise<number> = Promise.resolve(0);
    const { heard } = await holdCalls(system, {
      calls: CALLS,
      rampSeconds: QUICK ? 4 : 10,
      measuredSeconds: SECONDS,
      windows: 2,
      onWindow: () => {
        if (busy.signal.aborted) return;
        // The first window was in peace; the second ends the noise.
        requests = keepBusy(api, id, busy.signal);
        setTimeout(() => busy.abort(), SECONDS * 1000);
      },
    });
    const [peace, noise] = [heard[0]!.deviationMs, heard[1]!.deviationMs];
    report({ name: 'busy-api-requests', value: (await requests) / SECONDS, unit: '1/s' });
    report({
      name: 'busy-api-deviation-p99',
      value: noise.p99,
      unit: 'ms',
      peer: { name: 'quiet-api', value: peace.p99 },
    });
    report({ name: 'busy-api-deviation-p99-moved', value: noise.p99 - peace.p99, unit: 'ms' });
    expect(system.running).toBe(true);
  });
});

/** Asks for what is dear, again and again: lists, a validation of a thousand nodes, a document that is written. Gives how many replies came. */
async function keepBusy(api: Api, id: string, signal: AbortSignal): Promise<number> {
  const body = large();
  const asks = [
    () => api.post(`/scenarios/${id}/validate`, { document: body }),
    () => api.get('/calls?limit=200'),
    () => api.get('/calls/live?limit=200'),
    () => api.get(`/scenarios/${id}`),
  ];
  let replies = 0;
  const client = async (first: number) => {
    for (let n = first; !signal.aborted; n++, replies++) await asks[n % asks.length]!();
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
  return replies;
}

function large() {
  const states: Record<string, unknown> = { answer: node('answer', {}, { answered: 'n0' }) };
  for (let n = 0; n < NODES; n++) {
    const say = n % 3 === 0 ? `You are {{ call.from }}, round ${n}.` : 'Hello.';
    states[`n${n}`] = node('say', { prompt: [{ say }] }, { done: `n${(n + 1) % NODES}` });
  }
  return scenario('large', states);
}
