import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectAlive } from '../support/alive.js';
import { LiveView, type Api } from '../support/api.js';
import { pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { RawWebSocket } from '../support/raw-web-socket.js';

/* Whatever comes in at the HTTP door, the process lives and says clearly what is wrong (S9). */

let product: Product;
let api: Api;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
});
afterAll(() => product?.stop());
afterEach(() => expectAlive(product));

/** Writes bytes to the HTTP port and gives what came back until the far end closed, or for half a second. */
async function raw(bytes: string | Uint8Array): Promise<string> {
  const { port } = new URL(product.url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.on('error', () => resolve(received));
    socket.on('close', () => resolve(received));
    setTimeout(() => {
      socket.destroy();
      resolve(received);
    }, 500);
  });
}

describe('the live socket', () => {
  const handshake = async (): Promise<string> => {
    const reply = await fetch(`${product.url}/socket.io/?EIO=4&transport=polling`);
    const { sid } = JSON.parse((await reply.text()).slice(1)) as { sid: string };
    return sid;
  };

  it.each([
    ['no packet at all', '\u0000\u0001\u0002'],
    ['an unknown packet type', '9'],
    ['a namespace that never ends', `40/${'a'.repeat(100_000)}`],
    ['half an event', '42/live,["subscribe"'],
    ['an event that is no list', '42/live,{"__proto__":{"x":1}}'],
    ['a reserved event name', '42/live,["disconnecting"]'],
    ['an event without a name', '42/live,[]'],
    ['a name that is no text', '42/live,[{"toString":1}]'],
    ['an answer that nobody asked for', '43/live,99999999999999999999[1]'],
    ['a binary event without its binary', '451-/live,["subscribe",{"_placeholder":true,"num":0}]'],
    ['a thousand attachments', '451000-/live,["subscribe"]'],
    ['an attachment number out of range', '451-/live,["subscribe",{"_placeholder":true,"num":-1}]'],
    ['packets without end', '2\u001e'.repeat(50_000)],
    ['deeply nested JSON', `42/live,["subscribe",${'['.repeat(20_000)}${']'.repeat(20_000)}]`],
  ])('lives through %s', async (_what, packet) => {
    const sid = await handshake();
    await fetch(`${product.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: packet }).catch(
      () => undefined,
    );
    const socket = await RawWebSocket.connect(product.url, '/socket.io/?EIO=4&transport=websocket');
    socket.text(packet);
    socket.text(`40/live,{"token":"${api.token}"}`);
    await pause(50);
    socket.text(packet);
    socket.frame(0x2, Buffer.of(4, 255, 0, 1));
    await pause(50);
    socket.close();
  });

  it.each([
    ['a frame that is not masked', Buffer.of(0x81, 0x01, 0x41)],
    ['an unknown opcode', Buffer.of(0x8f, 0x80, 1, 2, 3, 4)],
    ['reserved bits', Buffer.of(0xf1, 0x80, 1, 2, 3, 4)],
    ['a length of nine exabytes', Buffer.from('81ff7fffffffffffffff01020304', 'hex')],
    ['a ping of 200 bytes', Buffer.from('89fe00c801020304', 'hex')],
    ['text that is no UTF-8', Buffer.from('818301020304fdfcfb', 'hex')],
  ])('lives through %s', async (_what, bytes) => {
    const socket = await RawWebSocket.connect(product.url, '/socket.io/?EIO=4&transport=websocket');
    socket.bytes(bytes);
    await pause(50);
    socket.close();
  });

  it('lives through subscriptions of every shape', async () => {
    const live = await api.live();
    const socket = (live as unknown as { socket: { emit: (...words: unknown[]) => void } }).socket;
    for (const argument of [
      null,
      1,
      'all',
      [],
      {},
      { calls: null },
      { calls: { call: {} } },
      { calls: { scenario: [1] } },
      { calls: 'x'.repeat(9_999) },
    ]) {
      socket.emit('subscribe', argument, () => undefined);
      socket.emit('subscribe', argument);
      socket.emit('unsubscribe', argument);
    }
    socket.emit('subscribe');
    await pause(200);
    live.close();
  });

  it('says auth.required to somebody without a login', async () => {
    await expect(LiveView.open(product.url, 'nonsense')).rejects.toThrow('auth.required');
    await expect(LiveView.open(product.url, '')).rejects.toThrow('auth.required');
  });
});

describe('uploads', () => {
  const upload = (body: string | Uint8Array, type = 'multipart/form-data; boundary=x') =>
    api.raw('POST', '/media', {
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': type },
    });

  it.each([
    ['a boundary that never comes', 'nothing here'],
    ['half a part', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\nRIFF'],
    ['a part without a name', '--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n'],
    [
      'a header of 100 kB',
      `--x\r\nContent-Disposition: form-data; name="${'a'.repeat(100_000)}"\r\n\r\nabc\r\n--x--\r\n`,
    ],
    [
      'a path as its name',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="../../../etc/x.wav"\r\n\r\nabc\r\n--x--\r\n',
    ],
    [
      'a script',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="x.html"\r\nContent-Type: text/html\r\n\r\n<script>1</script>\r\n--x--\r\n',
    ],
    ['a field named __proto__', '--x\r\nContent-Disposition: form-data; name="__proto__[x]"\r\n\r\n1\r\n--x--\r\n'],
    [
      'a WAV that is only a header',
      `--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\nRIFF\u0004\u0000\u0000\u0000WAVE\r\n--x--\r\n`,
    ],
  ])('refuses %s', async (_what, body) => {
    const reply = await upload(body);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(await reply.json()).toMatchObject({ error: { code: expect.stringMatching(/^[a-z]+\.[a-z-]+$/) as string } });
  });
});

describe('requests', () => {
  it.each([
    ['no JSON', '{"email":', 400],
    ['JSON that is no object', '"x"', 400],
    ['a number where a text belongs', '{"email":1,"password":{}}', 400],
    ['deep nesting', '['.repeat(50_000), 400],
    ['thirty megabytes of nothing', `{"email":"${'a'.repeat(30_000_000)}"}`, 413],
  ])('answers %s', async (_what, body, status) => {
    const reply = await fetch(`${product.url}/api/auth/login`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({ error: { code: expect.any(String) as string } });
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['SIP', 'OPTIONS sip:x SIP/2.0\r\n\r\n'],
    ['a broken chunk', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n'],
    ['two lengths', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    ['a path that climbs', 'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a path that climbs in disguise', 'GET /assets/..%2f..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a broken escape', 'GET /api/scenarios/%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'an upgrade to something else',
      'GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: nonsense\r\n\r\n',
    ],
  ])('lives through %s', async (_what, bytes) => {
    const reply = await raw(bytes);
    expect(reply).not.toContain('root:x:0:0');
  });

  it('gives no stack, no path and no version away', async () => {
    const reply = await fetch(`${product.url}/api/nothing-here`);
    expect(reply.status).toBe(404);
    expect(reply.headers.get('x-powered-by')).toBeNull();
    expect(await reply.text()).not.toMatch(/node_modules|\.ts:|\bat .*\(/);
  });
});
