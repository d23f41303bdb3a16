import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import { speech, wavOf } from '../support/audio.js';
import { pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { sipp } from '../support/sipp.js';
import { percentile, QUICK, report } from './support/report.js';

/* Answer, a prompt of two seconds, BYE: how many of these a second before one of them fails or a message must be sent again. */

const caller = readFileSync(join(import.meta.dirname, '../fixtures/sipp/listening-caller.xml'), 'utf8').replaceAll(
  '[service]',
  '1000',
);
const RATES = QUICK ? [40, 80, 160, 320] : [40, 80, 120, 160, 200, 240, 280, 320, 400];
const SECONDS = QUICK ? 5 : 15;

/** What drachtio and FreeSWITCH hold on two cores, measured once; absolute figures drift from machine to machine. */
const PEER = { name: 'drachtio+FreeSWITCH', perSecond: 80 };

let product: Product;

beforeAll(async () => {
  product = await Product.start({
    env: { RTP_PORT_MIN: '20000', RTP_PORT_MAX: '32000', LOG_LEVEL: 'warn', MAX_CALLS_PER_SECOND: '2000' },
  });
  const api = await product.admin();
  await api.upload('two-seconds', wavOf(speech(2, 1)));
  await api.deploy(
    scenario('two-seconds', {
      answer: node('answer', {}, { answered: 'play' }),
      play: node('play', { prompt: [{ play: 'two-seconds' }] }, { done: 'bye' }),
      bye: node('hang-up'),
    }),
    '1000',
  );
});
afterAll(() => product?.stop());

it('how many calls a second are set up without a fault', async () => {
  await sipp({ scenario: caller, server: product.sipAddress, calls: 100, perSecond: 50 });
  let best = 0;
  let answers: readonly number[] = [];
  for (const perSecond of RATES) {
    const result = await sipp({
      scenario: caller,
      server: product.sipAddress,
      calls: perSecond * SECONDS,
      perSecond,
      timeoutMs: (SECONDS + 30) * 1000,
    });
    if (result.code !== 0 || result.failed > 0 || result.retransmissions > 0) break;
    if (perSecond <= 160) answers = result.answerMs;
    best = perSecond;
    await pause(2_000);
  }
  report({ name: 'set-ups', value: best, unit: 'calls/s', peer: { name: PEER.name, value: PEER.perSecond } });
  report({ name: 'answer-p50', value: percentile(answers, 0.5), unit: 'ms' });
  report({ name: 'answer-p99', value: percentile(answers, 0.99), unit: 'ms' });
  expect(product.running).toBe(true);
  expect(best).toBeGreaterThan(0);
});
