import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findServers, freeServerPorts, Servers } from '@callwright/channel-drachtio/testing';
import { SipPhone } from '@callwright/channel-embedded/testing';
import { node, scenario } from '../fixtures/scenarios.js';
import { speech, wavOf } from '../support/audio.js';
import { eventually } from '../support/eventually.js';
import { Product } from '../support/product.js';

/* One scenario, unchanged, on the embedded engine and on drachtio-server with FreeSWITCH: the same event log, times aside. */

const RTP = { min: 12_000, max: 12_998 };
const SCENARIO = scenario('two-backends', {
  answer: node('answer', {}, { answered: 'menu' }),
  menu: node(
    'menu',
    { prompt: [{ play: 'prompt' }], keys: { '2': 'two' }, attempts: 1 },
    { two: 'message', 'no-input': 'bye', 'no-match': 'bye' },
  ),
  message: node('record', { name: 'message', maxMs: 1_000, beep: false }, { recorded: 'again', 'no-audio': 'bye' }),
  again: node('play', { prompt: [{ play: 'message' }, { tone: 'beep' }], bargeIn: false }, { done: 'note' }),
  note: node('log', { message: 'pressed {{ steps.menu.digits }}' }, { done: 'bye' }),
  bye: node('hang-up'),
});

const programs = findServers();
const without = 'reason' in programs ? programs.reason : null;
if (without) console.log(`One scenario on two backends is not tested: ${without}`);

/** Times, lengths and ids differ from call to call. */
function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !/^(at|id|seq|callId|scenarioId|version)$|Ms$|At$/.test(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, timeless(inner)]));
}

/** Runs the scenario with a caller who presses 2 and says something; gives the log. */
async function callOn(product: Product, sipPort: number): Promise<readonly unknown[]> {
  const api = await product.admin();
  await api.upload('prompt', wavOf(speech(10, 5)));
  await api.deploy(SCENARIO, '1000');
  const phone = await SipPhone.open({ serverPort: sipPort });
  try {
    const call = await phone.call('1000');
    const { id } = await eventually('the call is live', async () => (await api.liveCalls())[0]);
    const told = (name: string) => async () => (await api.events(id)).some((event) => event.name === name);
    await eventually('the prompt plays', told('prompt.started'), 20_000);
    await call.press('2');
    await eventually('the message is recorded', told('recording.started'), 20_000);
    call.talk(700, 1_500);
    await eventually('the call is over', () => call.state === 'ended', 30_000);
    await api.ended(id);
    return (await api.events(id)).map(timeless);
  } finally {
    phone.close();
  }
}

describe.skipIf(without !== null)(`two backends${without ? ` (${without})` : ''}`, () => {
  let servers: Servers;
  let embedded: Product;
  let drachtio: Product;

  beforeAll(async () => {
    if ('reason' in programs) return;
    const ports = await freeServerPorts();
    servers = await Servers.start(programs, { ports, rtp: RTP });
    embedded = await Product.start();
    drachtio = await Product.start({
      env: {
        TELEPHONY: 'drachtio',
        DRACHTIO_URL: `127.0.0.1:${ports.admin}`,
        DRACHTIO_SECRET: servers.secrets.drachtio,
        FREESWITCH_URLS: `127.0.0.1:${ports.event}`,
        FREESWITCH_SECRET: servers.secrets.freeswitch,
      },
    });
  }, 120_000);
  afterAll(async () => {
    await embedded?.stop();
    await drachtio?.stop();
    await servers?.stop();
  });

  it('give the same log of one scenario', async () => {
    const here = await callOn(embedded, embedded.sipPort);
    const there = await callOn(drachtio, servers.options.ports.sip);
    expect(here.length).toBeGreaterThan(15);
    expect(there).toEqual(here);
  }, 180_000);
});
