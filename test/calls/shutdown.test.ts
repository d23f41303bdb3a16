import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcement, waitingRoom } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { likeness, speech, wavOf } from '../support/audio.js';
import { BaresipPhone } from '../support/baresip.js';
import { eventually, pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { header, offer, RawUdp, request, unique } from '../support/raw-sip.js';

/* What becomes of running calls when the process is asked to end (G4), and when it is killed (G1). */

const ANNOUNCEMENT = speech(6, 4);

let product: Product;
let api: Api;
let alice: BaresipPhone;

beforeEach(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.upload('announcement', wavOf(ANNOUNCEMENT));
  await api.deploy(announcement('announcement', 'announcement'), '1000');
  await api.deploy(waitingRoom('waiting'), '2000');
  alice = await BaresipPhone.start({ username: 'alice', server: product.sipAddress });
});

afterEach(async () => {
  await alice?.stop();
  await product?.stop();
});

describe('SIGTERM', () => {
  it('lets a running call finish, refuses new ones, and ends with 0', async () => {
    await alice.call('1000');
    await pause(1_000);
    const ended = product.kill('SIGTERM', 30_000);

    await eventually('the product drains', async () => {
      const reply = await fetch(`${product.url}/health/ready`).catch(() => null);
      return reply?.ok !== true;
    });
    const stranger = await RawUdp.open(product.sipAddress);
    const callId = unique();
    await stranger.send(
      request({
        method: 'INVITE',
        uri: `sip:2000@${product.sipAddress}`,
        from: stranger.address,
        callId,
        body: offer(40_000),
      }),
    );
    const refused = await stranger.saw('a refusal', (message) => (message.status ?? 0) >= 200);
    expect(refused.status).toBe(503);
    expect(Number(header(refused, 'Retry-After'))).toBeGreaterThan(0);
    stranger.close();

    await alice.saw('CALL_CLOSED', 15_000);
    expect(await ended).toBe(0);
    const heard = await eventually('the announcement was recorded', () =>
      alice.heard().length > 40_000 ? alice.heard() : null,
    );
    expect(likeness(heard, ANNOUNCEMENT)).toBeGreaterThan(0.9);
  });

  it('ends at once with 0 when nobody calls', async () => {
    const began = performance.now();
    expect(await product.kill('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

describe('kill −9', () => {
  it('closes what was interrupted at the next start, and says goodbye to the far end', async () => {
    await alice.call('2000');
    const [running] = await eventually('the call is seen', async () => {
      const calls = await api.liveCalls();
      return calls.length === 1 ? calls : null;
    });
    await pause(500);
    const { dataDir } = product;
    await product.kill('SIGKILL');

    const sipPort = String(product.sipPort);
    const again = await Product.start({ dataDir, env: { SIP_PORT: sipPort } });
    try {
      const admin = await again.admin();
      const call = await admin.ended(running!.id);
      expect(call).toMatchObject({ state: 'ended', cause: 'interrupted' });
      expect(await admin.liveCalls()).toEqual([]);
      expect(await admin.calls(`?to=2000`)).toHaveLength(1);
      await alice.saw('CALL_CLOSED', 15_000);
    } finally {
      await again.stop();
    }
  });

  it('keeps what was stored', async () => {
    const { dataDir } = product;
    await product.kill('SIGKILL');
    const again = await Product.start({ dataDir });
    try {
      const admin = await again.admin();
      const numbers = await admin.get<{ items: { pattern: string }[] }>('/numbers');
      expect(numbers.items.map((number) => number.pattern).sort()).toEqual(['1000', '2000']);
      expect(again.output).not.toContain('Set-up');
    } finally {
      await again.stop();
    }
  });
});
