import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress } from './egress.js';
import { OwnPorts } from './own-ports.js';

let far: Server | undefined;
afterEach(() => void far?.closeAllConnections());

const serve = (listener: RequestListener) =>
  new Promise<string>((resolve) => {
    far = createServer(listener).listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(far!.address() as AddressInfo).port}`),
    );
  });
const egress = (...allow: string[]) => new Egress({ EGRESS_ALLOW: allow }, new OwnPorts());
const get = (url: string) => ({ method: 'GET', url, headers: {}, body: null, timeoutMs: 5_000 });
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'nothing',
    (error: { code: string }) => error.code,
  );

describe('the way out over HTTP (S2)', () => {
  it('brings a reply', async () => {
    const url = await serve((request, response) =>
      response.writeHead(418, { 'x-seen': request.headers['x-mine'] }).end('tea'),
    );
    const reply = await egress('127.0.0.0/8').request({ ...get(url), headers: { 'x-mine': 'yes' } });
    expect(reply).toMatchObject({ status: 418, headers: { 'x-seen': 'yes' }, body: 'tea' });
  });

  it.each(['http://127.0.0.1:9/', 'http://2130706433/', 'http://0x7f.1/', 'http://[::ffff:127.0.0.1]/', 'http://[::1]/', 'http://localhost/',
    'http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/', 'file:///etc/passwd', 'gopher://example.org/'])(
    'is closed to %s',
    async (url) => {
      expect(await codeOf(egress().request(get(url)))).toBe('http.blocked');
    },
  ); // prettier-ignore

  it('is not opened by a redirect', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
    expect((await egress('127.0.0.1').request(get(url))).status).toBe(302);
  });

  it('does not lead back to our own ports', async () => {
    const url = await serve((_, response) => response.end('inside'));
    const ports = new OwnPorts();
    ports.add(Number(new URL(url).port));
    expect(await codeOf(new Egress({ EGRESS_ALLOW: ['127.0.0.0/8'] }, ports).request(get(url)))).toBe('http.blocked');
  });

  it('waits no longer than it is told, for the head and for the body', async () => {
    const silent = await serve(() => undefined);
    expect(await codeOf(egress('127.0.0.1').request({ ...get(silent), timeoutMs: 400 }))).toBe('http.timeout');
    far?.closeAllConnections();
    const endless = await serve((_, response) => response.writeHead(200).write('a'));
    expect(await codeOf(egress('127.0.0.1').request({ ...get(endless), timeoutMs: 400 }))).toBe('http.timeout');
  });

  it('takes no reply that is too large', async () => {
    const url = await serve((_, response) => response.end(Buffer.alloc(2_000_000)));
    expect(await codeOf(egress('127.0.0.1').request(get(url)))).toBe('http.too-large');
  });

  it('says that nobody is there', async () => {
    expect(await codeOf(egress('127.0.0.1').request(get('http://127.0.0.1:1/')))).toBe('http.no-connection');
    expect(await codeOf(egress().request(get('http://nowhere.invalid/')))).toBe('http.no-connection');
  });

  it.each([[{ 'bad name': 'x' }], [{ name: 'line\nbreak' }]])('refuses headers that are none: %j', async (headers) => {
    const url = await serve((_, response) => response.end());
    expect(await codeOf(egress('127.0.0.1').request({ ...get(url), headers }))).toBe('http.bad-request');
  });
});
