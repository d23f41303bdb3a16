import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario, waitingRoom } from '../fixtures/scenarios.js';
import { expectAlive } from '../support/alive.js';
import type { Api } from '../support/api.js';
import { eventually, pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { RawCall } from '../support/raw-call.js';
import { header, offer, RawUdp, request, unique } from '../support/raw-sip.js';

/*
 * A stranger makes no outbound call: not by INVITE, REFER, a 302, Replaces, or a scenario that asks for more than the allow-list gives.
 * The trunk's carrier and any other target are listening sockets, which must stay silent; the last tests show that they would hear.
 */
let product: Product;
let api: Api;
let carrier: RawUdp;
let target: RawUdp;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  carrier = await RawUdp.open(product.sipAddress);
  target = await RawUdp.open(product.sipAddress);
  await api.post('/trunks', { name: 'carrier', host: '127.0.0.1', port: carrier.port, prefixes: ['+'] });
  await api.deploy(waitingRoom('waiting'), '1000');
  await api.deploy(
    scenario('forward', {
      answer: node('answer', {}, { answered: 'out' }),
      out: node(
        'transfer',
        { to: '+4930123456', timeoutMs: 5_000 },
        { returned: 'bye', busy: 'bye', 'no-answer': 'bye', failed: 'refused' },
      ),
      refused: node('log', { message: 'refused with {{ steps.out.error.code }}' }),
      bye: node('hang-up'),
    }),
    '2000',
  );
});

afterAll(async () => {
  carrier?.close();
  target?.close();
  await product?.stop();
});

const invites = (socket: RawUdp) => socket.messages.filter((message) => message.method === 'INVITE');

async function expectNothingWentOut(): Promise<void> {
  await pause(1_000);
  expect(invites(carrier).map((message) => message.text)).toEqual([]);
  expect(invites(target).map((message) => message.text)).toEqual([]);
  await expectAlive(product);
}

const invite = (stranger: RawUdp, number: string, headers: readonly string[] = []) =>
  RawCall.place(stranger, { server: product.sipAddress, number, headers });

describe('a stranger', () => {
  let stranger: RawUdp;
  beforeAll(async () => {
    stranger = await RawUdp.open(product.sipAddress);
  });
  afterAll(() => stranger.close());

  it.each([
    '+4930123456',
    '004930123456',
    '0049-30-123456',
    '%2B4930123456',
    'trunk:carrier/+4930123456',
    'carrier',
    '9001234567',
  ])('who calls %s is told that there is nobody', async (number) => {
    const { final } = await invite(stranger, number);
    expect(final.status).toBe(404);
    await expectNothingWentOut();
  });

  it('who names another host in the Request-URI is not passed on', async () => {
    const [callId, uri] = [unique(), `sip:victim@${target.address}`];
    await stranger.send(request({ method: 'INVITE', uri, from: stranger.address, callId, body: offer(40_000) }));
    const final = await stranger.saw('a refusal', ({ status, text }) => (status ?? 0) >= 200 && text.includes(callId));
    expect(final.status).toBeGreaterThanOrEqual(400);
    await expectNothingWentOut();
  });

  it('who brings a Route is not passed on', async () => {
    const { final } = await invite(stranger, '5555', [`Route: <sip:${target.address};lr>`]);
    expect(final.status).toBeGreaterThanOrEqual(400);
    await expectNothingWentOut();
  });

  it('cannot refer us to anybody, outside a call', async () => {
    const callId = unique();
    const headers = [`Refer-To: <sip:+4930123456@${carrier.address}>`];
    await stranger.send(
      request({ method: 'REFER', uri: `sip:1000@${product.sipAddress}`, from: stranger.address, callId, headers }),
    );
    const final = await stranger.saw(
      'a reply to REFER',
      ({ status, text }) => (status ?? 0) >= 200 && text.includes(callId),
    );
    expect(final.status).toBe(403);
    await expectNothingWentOut();
  });

  it('cannot refer us to anybody, inside a call', async () => {
    const call = await invite(stranger, '1000');
    expect(call.final.status).toBe(200);
    const refused = await call.ask('REFER', { headers: [`Refer-To: <sip:victim@${target.address}>`] });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await expectNothingWentOut();
    await call.ask('BYE');
  });

  it('cannot replace somebody else’s call', async () => {
    const victim = await invite(stranger, '1000');
    const replaces = `Replaces: ${victim.dialog}`;
    // Who insists is refused; who does not gets a call of his own (RFC 3891 section 4 holds for those who offer it).
    const insists = await invite(stranger, '1000', [replaces, 'Require: replaces']);
    expect(insists.final.status).toBe(420);
    const asks = await invite(stranger, '1000', [replaces]);
    expect(asks.final.status).toBe(200);
    expect((await victim.ask('OPTIONS')).status).toBe(200);
    expect((await victim.ask('BYE')).status).toBe(200);
    expect((await asks.ask('BYE')).status).toBe(200);
    await expectNothingWentOut();
  });

  it('who calls a scenario that dials out gets no further than the allow-list, which is empty', async () => {
    await invite(stranger, '2000');
    await expectNothingWentOut();
    const [call] = await api.calls('?to=2000');
    await eventually('the scenario hears of it', async () =>
      (await api.events(call!.id)).some(
        (event) => event.name === 'log.written' && event['message'] === 'refused with outbound.not-allowed',
      ),
    );
  });

  it('cannot have calls placed over the API without a login', async () => {
    const reply = await fetch(`${product.url}/api/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: '+4930123456', scenarioId: 'x' }),
    });
    expect(reply.status).toBe(401);
    await expectNothingWentOut();
  });

  it('reaches the carrier through the same scenario once the prefix is allowed', async () => {
    const limits = await api.get<Record<string, unknown>>('/limits');
    const { outboundPrefixes: _none, id: _id, createdAt: _c, updatedAt: _u, ...rest } = limits;
    await api.put('/limits', { ...rest, outboundPrefixes: ['+49'] });
    await invite(stranger, '2000');
    const outgoing = await carrier.saw('an INVITE at the carrier', (message) => message.method === 'INVITE');
    expect(outgoing.text).toMatch(/^INVITE sip:\+?4930123456@127\.0\.0\.1/);
  });

  it('and a far end that redirects is not followed to somebody else', async () => {
    const outgoing = invites(carrier)[0]!;
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(outgoing, name)}`);
    await carrier.send(
      `SIP/2.0 302 Moved\r\n${copied.join('\r\n')};tag=x\r\nContact: <sip:victim@${target.address}>\r\nContent-Length: 0\r\n\r\n`.replace(
        /(CSeq: .*?);tag=x/,
        '$1',
      ),
    );
    await pause(1_000);
    expect(invites(target).map((message) => message.text)).toEqual([]);
    await expectAlive(product);
  });
});
