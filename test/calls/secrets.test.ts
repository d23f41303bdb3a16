import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import type { Api, LiveView } from '../support/api.js';
import type { Call, CallEvent } from '../support/contract.js';
import { eventually } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { RawCall } from '../support/raw-call.js';
import { RawUdp } from '../support/raw-sip.js';

/*
 * A caller types a PIN, and the scenario does with it whatever an author could do. Afterwards it is looked for wherever the product
 * writes or tells something (S6, O2), and so are the passwords and secrets that were stored.
 */
const PIN = '739164';
/** Spelt as a voice or a person would. */
const SPELT = /7\D{0,3}3\D{0,3}9\D{0,3}1\D{0,3}6\D{0,3}4/;
const STORED = {
  'a secret': 'kept-for-the-crm',
  'a phone’s password': 'alice-knows-it',
  'a trunk’s password': 'the-carrier-knows-it',
};

const spelling = scenario(
  'pin',
  {
    answer: node('answer', {}, { answered: 'ask' }),
    ask: node('get-digits', { maxDigits: 6, secret: true, firstDigitTimeoutMs: 8_000 }, { digits: 'tell' }),
    tell: node('log', { message: 'The PIN is {{ steps.ask.digits }}, or {{ $join($split(steps.ask.digits, ""), " ") }}' }, { done: 'keep' }),
    keep: node('set-variables', { assign: { pin: '{{ steps.ask.digits }}', number: '{{ $number(steps.ask.digits) }}' } }, { done: 'ask_crm' }),
    ask_crm: node('http-request', { method: 'POST', url: '{{ params.none }}', secret: 'crm', body: { pin: '{{ vars.pin }}' } }, { ok: 'say_it' }),
    say_it: node('say', { prompt: [{ say: 'You typed {{ steps.ask_crm.body.pin }}.' }, { tone: 'beep' }] }, { done: 'record' }),
    record: node('record', { name: 'memo {{ vars.pin }}', maxMs: 500, silenceMs: 0, beep: false }, { recorded: 'wrong', 'no-audio': 'wrong' }),
    wrong: node('transfer', { to: '{{ "+49" & vars.pin }}' }, { failed: 'bye' }),
    bye: node('hang-up'),
  },
  { 'call.ended': '.after' },
); // prettier-ignore

let product: Product;
let api: Api;
let live: LiveView;
let call: Call;
let events: readonly CallEvent[];
const hooks: string[] = [];
/** What the other systems got: they are meant to see the PIN, or the webhook to say what happened. */
const crm: { authorization: string; body: string }[] = [];
const far = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    if (request.url === '/crm') crm.push({ authorization: request.headers.authorization ?? '', body });
    else hooks.push(body);
    response.setHeader('content-type', 'application/json').end(request.url === '/crm' ? body : '');
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(far.address() as AddressInfo).port}`;
  product = await Product.start({ env: { LOG_LEVEL: 'trace' } });
  api = await product.admin();
  live = await api.live();
  await api.post('/webhooks', { url: `${url}/hook` });
  await api.post('/secrets', { name: 'crm', value: STORED['a secret'] });
  await api.addPhone('alice', STORED['a phone’s password']);
  await api.post('/trunks', { name: 'carrier', host: 'sip.example.org', username: 'us', password: STORED['a trunk’s password'] });
  const document = JSON.parse(JSON.stringify(spelling).replace('{{ params.none }}', `${url}/crm`)) as typeof spelling;
  const states = { ...document.states, after: node('log', { message: 'It was {{ vars.pin }}' }) };
  await api.deploy({ ...document, states }, '1000');

  const socket = await RawUdp.open(product.sipAddress);
  const placed = await RawCall.place(socket, { server: product.sipAddress, number: '1000' });
  await live.saw('node.entered', { node: 'ask' });
  for (const key of PIN) {
    const headers = ['Content-Type: application/dtmf-relay'];
    await placed.ask('INFO', { headers, body: `Signal=${key}\r\nDuration=100\r\n` });
  }
  await placed.endedByFarEnd(20_000);
  socket.close();
  const { callId } = await live.saw('run.ended');
  call = await api.ended(callId);
  events = await api.events(callId);
  await eventually('the webhook has heard of the end', () => hooks.some((body) => body.includes('"run.ended"')));
}, 180_000); // prettier-ignore

afterAll(async () => {
  live?.close();
  far.close();
  await product?.stop();
});

/** Every file below a folder, the database with its journal among them, and its name. */
function files(folder: string): { name: string; content: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ name, content: readFileSync(join(folder, name), 'latin1') }));
}

it('the call went its whole way, and the other system got the PIN', () => {
  expect(call.path).toEqual(['answer', 'ask', 'tell', 'keep', 'ask_crm', 'say_it', 'record', 'wrong', 'bye', 'after']);
  expect(crm).toEqual([{ authorization: `Bearer ${STORED['a secret']}`, body: JSON.stringify({ pin: PIN }) }]);
  expect(call.recordings).toHaveLength(1);
  expect(events.filter((event) => event.name === 'digit.received').map((event) => event['digit'])).toEqual(
    Array.from(PIN, () => null),
  );
});

it('the PIN is in no file of the data folder, and in no file’s name', () => {
  const all = files(product.dataDir);
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringMatching(/\.sqlite/)]));
  for (const { name, content } of all) {
    expect(SPELT.test(name), name).toBe(false);
    expect(content.includes(PIN), name).toBe(false);
  }
  const database = all.filter(({ name }) => /sqlite/.test(name)).map(({ content }) => content);
  expect(database.join('')).toContain('The PIN is');
});

it('the PIN is in no log line, no event, no webhook, no record and no metric', async () => {
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  const audit = await (await api.raw('GET', '/audit?limit=200')).text();
  const told = {
    'the log': product.output,
    'the event log': JSON.stringify(events),
    'the socket': JSON.stringify(live.events),
    webhooks: hooks.join('\n'),
    'the record': JSON.stringify(call),
    'the list of calls': JSON.stringify(await api.calls()),
    metrics,
    'the audit': audit,
  };
  for (const [where, text] of Object.entries(told)) {
    expect(text.length, where).toBeGreaterThan(100);
    expect(text.includes(PIN), where).toBe(false);
    if (where !== 'metrics' && where !== 'the log') expect(SPELT.exec(text)?.[0] ?? null, where).toBeNull();
  }
});

it('stored passwords and secrets are in no file, no log line and no reply', async () => {
  const replies = await Promise.all(
    ['secrets', 'phones', 'trunks', 'webhooks', 'audit?limit=200'].map(async (path) =>
      (await api.raw('GET', `/${path}`)).text(),
    ),
  );
  const texts = [...files(product.dataDir).map(({ content }) => content), product.output, ...replies, hooks.join('')];
  for (const [what, value] of Object.entries(STORED))
    for (const text of texts) expect(text.includes(value), what).toBe(false);
});
