import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitingRoom } from '../fixtures/scenarios.js';
import { expectAlive } from '../support/alive.js';
import type { Api } from '../support/api.js';
import { BaresipPhone } from '../support/baresip.js';
import { pause } from '../support/eventually.js';
import { Product, ROOT } from '../support/product.js';
import { offer, RawTcp, RawUdp, request, unique } from '../support/raw-sip.js';

/* Whatever comes in at the SIP door, a call that stands stays, and the next one is served. */

const TORTURE = join(ROOT, 'libs/sip/fixtures/rfc4475');
const torture = readdirSync(TORTURE)
  .filter((name) => name.endsWith('.sip'))
  .map((name) => ({ name, bytes: readFileSync(join(TORTURE, name)) }));

let product: Product;
let api: Api;
let alice: BaresipPhone;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.deploy(waitingRoom('waiting'), '1000');
  alice = await BaresipPhone.start({ username: 'alice', server: product.sipAddress });
  await alice.call('1000');
});

afterAll(async () => {
  await alice?.stop();
  await product?.stop();
});

async function expectCallStands(): Promise<void> {
  await expectAlive(product);
  const calls = await api.liveCalls();
  expect(calls.filter((call) => call.from === 'alice')).toHaveLength(1);
}

describe('hostile SIP', () => {
  it('lives through every message of RFC 4475 over UDP', async () => {
    expect(torture).toHaveLength(49);
    const stranger = await RawUdp.open(product.sipAddress);
    for (const { bytes } of torture) await stranger.send(bytes);
    await pause(500);
    stranger.close();
    await expectCallStands();
  });

  it('lives through every message of RFC 4475 over TCP, each on a connection of its own', async () => {
    for (const { bytes } of torture) {
      const connection = await RawTcp.open(product.sipAddress);
      connection.send(bytes);
      await pause(10);
      connection.close();
    }
    await expectCallStands();
  });

  it('lives through a valid INVITE with any byte broken', async () => {
    const stranger = await RawUdp.open(product.sipAddress);
    const valid = Buffer.from(
      request({ method: 'INVITE', uri: `sip:9999@${product.sipAddress}`, from: stranger.address, body: offer(40_000) }),
    );
    for (let at = 0; at < valid.length; at += 3) {
      const broken = Buffer.from(valid);
      broken[at] = (broken[at]! * 7 + 13 + at) & 0xff;
      await stranger.send(broken);
    }
    for (let length = 0; length < valid.length; length += 9) await stranger.send(valid.subarray(0, length));
    await pause(500);
    stranger.close();
    await expectCallStands();
  });

  it.each([
    ['the largest datagram of nothing', Buffer.alloc(65_000)],
    ['a header without an end', Buffer.from(`OPTIONS sip:x SIP/2.0\r\nVia: ${'a'.repeat(60_000)}`)],
    ['ten thousand headers', Buffer.from(`OPTIONS sip:x SIP/2.0\r\n${'a:b\r\n'.repeat(10_000)}\r\n`)],
    ['nested quotes and escapes', Buffer.from(`OPTIONS sip:x SIP/2.0\r\nFrom: ${'"\\'.repeat(5_000)}\r\n\r\n`)],
    [
      'a reply that nobody asked for',
      Buffer.from('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\n\r\n'),
    ],
  ])('lives through %s', async (_what, bytes) => {
    const stranger = await RawUdp.open(product.sipAddress);
    await stranger.send(bytes);
    const connection = await RawTcp.open(product.sipAddress);
    connection.send(bytes);
    await pause(200);
    stranger.close();
    connection.close();
    await expectCallStands();
  });

  it.each([
    ['no media line', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'],
    [
      'an unknown codec alone',
      offer(40_000)
        .replace('RTP/AVP 0 8 101', 'RTP/AVP 96')
        .replaceAll(/a=.*\r\n/g, ''),
    ],
    ['a port beyond 65535', offer(700_000)],
    ['a broadcast address', offer(40_000, '255.255.255.255')],
    ['a multicast address', offer(40_000, '224.0.0.1')],
    ['no SDP at all, only noise', '\u0000\u0001\u0002v=0v=0v=0'],
    ['ten thousand media lines', `${offer(40_000)}${'m=audio 1 RTP/AVP 0\r\n'.repeat(2_500)}`],
  ])('answers an INVITE that offers %s', async (_what, body) => {
    const stranger = await RawUdp.open(product.sipAddress);
    const callId = unique();
    const invite = { method: 'INVITE', uri: `sip:1000@${product.sipAddress}`, from: stranger.address, callId, body };
    await stranger.send(request(invite));
    const final = await stranger.saw('a final reply', ({ status }) => status !== null && status >= 200);
    expect(final.status, final.text).toBeGreaterThanOrEqual(400);
    expect(final.status, final.text).toBeLessThan(500);
    stranger.close();
    await expectCallStands();
  });

  it('serves the next one while five hundred half messages lie in its connections', async () => {
    const half = `INVITE sip:1000@${product.sipAddress} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;bran`;
    const opened = await Promise.allSettled(Array.from({ length: 500 }, () => RawTcp.open(product.sipAddress)));
    const connections = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    for (const connection of connections) connection.send(half);
    await expectCallStands();
    for (const connection of connections) connection.close();
  });

  it('reads a request that comes byte by byte over TCP', async () => {
    const connection = await RawTcp.open(product.sipAddress);
    const options = request({
      method: 'OPTIONS',
      uri: `sip:${product.sipAddress}`,
      from: '127.0.0.1:5060',
      transport: 'TCP',
    });
    for (const byte of Buffer.from(options)) {
      connection.send(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    await expect.poll(() => connection.received, { timeout: 20_000 }).toMatch(/^SIP\/2\.0 200 /);
    connection.close();
  });
});
