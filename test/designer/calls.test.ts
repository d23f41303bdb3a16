import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { speech } from '../support/audio.js';
import { BaresipPhone } from '../support/baresip.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import type { Scenario } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { eventually, pause } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';

/* History: found by what happened in them, explained step by step, counted over the drawing, and taken away as a file. */
let product: Product;
let api: Api;
let window: BrowserWindow;
let alice: BaresipPhone;
let scenarioId: string;
let message: string;
let lost: string;

const wire = (is: string, target: string) => ({ guard: { type: 'outcome', params: { is } }, target, reenter: true });
const mailbox = {
  id: 'mailbox',
  meta: { format: 1, name: 'Mailbox', variables: { kind: 'none' } },
  initial: 'answer',
  states: {
    answer: {
      meta: { canvas: { x: 0, y: 0 } },
      invoke: { src: 'answer', input: {}, onDone: [wire('answered', 'menu')] },
    },
    menu: {
      meta: { canvas: { x: 320, y: 0 }, label: 'Main menu' },
      invoke: {
        src: 'menu',
        input: {
          prompt: [{ say: 'To leave a message, press 1. To hear our hours, press 2.' }],
          keys: { '1': 'message', '2': 'hours' },
        },
        onDone: [wire('message', 'note'), wire('hours', 'hours'), wire('no-input', 'bye')],
      },
    },
    note: {
      meta: { canvas: { x: 660, y: -120 } },
      invoke: { src: 'set-variables', input: { assign: { kind: 'message' } }, onDone: [wire('done', 'record')] },
    },
    record: {
      meta: { canvas: { x: 980, y: -120 } },
      invoke: { src: 'record', input: { name: 'message', maxMs: 2500 }, onDone: [wire('recorded', 'bye')] },
    },
    hours: {
      meta: { canvas: { x: 660, y: 120 } },
      invoke: {
        src: 'say',
        input: { prompt: [{ say: 'We are here from nine to five.' }] },
        onDone: [wire('done', 'bye')],
      },
    },
    bye: { meta: { canvas: { x: 1300, y: 60 }, label: 'Goodbye' }, invoke: { src: 'hang-up', input: {} } },
  },
};

/** Dials, waits until the call stands at a node, and gives its id. */
const calling = async (node: string): Promise<string> => {
  await alice.call('1000');
  const running = await eventually(
    'the call is there',
    async () => (await api.liveCalls()).find((call) => call.node === node),
    15_000,
  );
  return running.id;
};

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  scenarioId = (await api.post<Scenario>('/scenarios', { name: 'Mailbox', document: mailbox })).id;
  await api.post(`/scenarios/${scenarioId}/versions`, {});
  await api.post('/numbers', { pattern: '1000', scenarioId, version: 'latest' });
  await api.addPhone('alice', 'alice-secret');
  alice = await BaresipPhone.start({
    username: 'alice',
    password: 'alice-secret',
    server: product.sipAddress,
    says: speech(20, 2),
  });
  message = await calling('menu');
  await pause(1_500);
  await alice.press('1');
  await api.ended(message);
  lost = await calling('menu');
  await pause(1_000);
  alice.hangUp();
  await api.ended(lost);
  window = await BrowserWindow.open(product.url, { height: 1000 });
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
}, 120_000);
afterAll(async () => {
  await window?.close();
  await alice?.stop();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

const rows = () => window.page.getByRole('row').filter({ has: window.page.getByRole('link') });
const search = () => window.page.getByRole('search', { name: 'Search calls' });
const found = async (count: number) =>
  eventually(`${count} calls are shown`, async () => (await rows().count()) === count);

describe('the history', { concurrent: false }, () => {
  it('finds calls by what happened in them, and says where they ended', async () => {
    await window.page.goto('/calls');
    await found(2);
    expect(await rows().first().innerText()).toMatch(/alice[\s\S]*1000[\s\S]*Mailbox[\s\S]*menu/);
    await window.picture('calls');
    await search().getByLabel('Number').fill('ali');
    await found(2);
    await search().getByLabel('Number').fill('nobody');
    await window.page.getByText('No call fits').waitFor();
    await search().getByLabel('Number').fill('');
    await search().getByRole('combobox', { name: 'Scenario' }).click();
    await window.page.getByRole('option', { name: 'Mailbox' }).click();
    await search().getByLabel('Came to node').fill('record');
    await found(1);
    await search().getByLabel('Came to node').fill('menu');
    await search().getByLabel('Took the outcome').fill('message');
    await found(1);
    await search().getByLabel('Variable').fill('kind=message');
    await found(1);
    await search().getByLabel('Variable').fill('kind=other');
    await window.page.getByText('No call fits').waitFor();
  });

  it('is taken away as a file of what was searched for', async () => {
    await window.page.goto(`/calls?scenarioId=${scenarioId}&node=record`);
    await found(1);
    await window.page.getByRole('button', { name: 'Export' }).click();
    const download = window.page.waitForEvent('download');
    await window.page.getByRole('menuitem', { name: 'As a table (CSV)' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect(text).toContain(message);
  });
});

describe('a call', { concurrent: false }, () => {
  it('says why it ended', async () => {
    await window.page.goto(`/calls/${lost}`);
    const why = window.page.getByRole('region', { name: 'Why it ended' });
    await why.getByText(/^The caller hung up at menu, after 0:0\d there\.$/).waitFor();
    await why.getByText('“To leave a message, press 1. To hear our hours, press 2.” was being heard.').waitFor();
  });

  it('is gone through step by step, with what the scenario knew', async () => {
    await window.page.goto(`/calls/${message}`);
    const known = window.page.getByTestId('known');
    await known.getByText('message', { exact: true }).first().waitFor();
    await window.picture('call');
    const path = window.page.getByTestId('call-path');
    expect(await path.locator('[data-testid="node-record"]').getAttribute('data-trace')).toBe('passed');
    await window.page.getByRole('button', { name: 'To the beginning' }).click();
    await known.getByText('none', { exact: true }).waitFor();
    expect(await path.locator('[data-testid="node-record"]').getAttribute('data-trace')).toBe('missed');
    const forward = window.page.getByRole('button', { name: 'One step forward' });
    const moment = window.page.getByTestId('moment');
    for (let steps = 0; steps < 20 && !/→ note/.test(await moment.innerText()); steps += 1) await forward.click();
    expect(await path.locator('[data-testid="node-note"]').getAttribute('data-trace')).toBe('current');
    expect(await known.getByRole('region', { name: 'vars' }).innerText()).toContain('none');
    await forward.click();
    await eventually('the variable is set', async () =>
      (await known.getByRole('region', { name: 'vars' }).innerText()).includes('message'),
    );
    await window.page.getByRole('button', { name: 'One step back' }).click();
    await known.getByRole('region', { name: 'vars' }).getByText('none').waitFor();
    await window.page.getByRole('slider', { name: 'Moment of the call' }).press('ArrowRight');
    await known.getByRole('region', { name: 'vars' }).getByText('message').waitFor();
  });

  it('shows its recording on the same axis of time', async () => {
    const wave = window.page.getByTestId('waveform-message');
    await wave.locator('path').waitFor();
    const axis = window.page.getByTestId('call-axis');
    const before = await window.page.getByTestId('moment').innerText();
    await wave.click();
    await eventually(
      'the moment follows the sound',
      async () => (await window.page.getByTestId('moment').innerText()) !== before,
    );
    expect(await axis.getByText('2', { exact: true }).count()).toBe(0);
    expect(await axis.locator('kbd').allInnerTexts()).toEqual(['1']);
  });

  it('has a ladder of what was said in SIP, without what is secret, on the axis as well', async () => {
    const { page } = window;
    const ladder = page.getByRole('region', { name: 'SIP ladder' });
    const rung = (name: RegExp) => ladder.getByRole('option', { name });
    await rung(/401 Unauthorized/).click();
    await ladder.getByRole('region', { name: 'SIP message' }).getByText('WWW-Authenticate').waitFor();
    await ladder.getByRole('listbox').press('ArrowDown');
    await ladder.getByText(/^ACK sip:1000@/).waitFor();
    await rung(/ms INVITE PCMU/).click();
    await ladder.getByText(/Digest ••••/).waitFor();
    expect(await ladder.innerText()).not.toContain('response=');
    await page.getByTestId('call-axis').getByTitle(/^BYE/).click();
    await ladder.getByText(/^BYE sip:/).waitFor();
    await window.picture('ladder');
  });
});

describe('many calls', { concurrent: false }, () => {
  it('are painted over the drawing, with where callers hang up', async () => {
    await window.page.goto(`/calls/paths?scenarioId=${scenarioId}`);
    await window.page.getByTestId('figures-menu').getByText('2 times').waitFor();
    await window.page.getByTestId('figures-menu').getByText('50% hang up').waitFor();
    const figures = window.page.getByRole('complementary', { name: 'Figures' });
    await figures.getByText('1 of 2').waitFor();
    await window.picture('heat-map');
    await figures.getByRole('link', { name: 'menu' }).click();
    await window.page.waitForURL(/\/calls\?scenarioId=.*node=menu/);
    await found(2);
  });

  it('never made the page complain', () => {
    expect(window.complaints).toEqual([]);
  });
});
