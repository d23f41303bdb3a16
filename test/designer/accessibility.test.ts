import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { speech, wavOf } from '../support/audio.js';
import { accessibilityProblems, inScheme } from '../support/axe.js';
import { BaresipPhone } from '../support/baresip.js';
import { BrowserWindow } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { frontDesk } from '../support/drawing.js';
import { ADMIN, Product } from '../support/product.js';

/*
 * Every page with something on it, in both schemes, on a telephone and on a desk: axe finds nothing (WCAG 2.2 A and AA), nothing is wider
 * than the window, and the console is silent.
 */

const SIZES = [
  { width: 360, height: 780 },
  { width: 1280, height: 860 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

let product: Product;
let window: BrowserWindow;
let phone: BaresipPhone;
let scenario: string;
let call: string;

beforeAll(async () => {
  product = await Product.start();
  const api = await product.admin();
  ({ scenario, call } = await furnish(api));
  window = await BrowserWindow.open(product.url);
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
}, 120_000);
afterAll(async () => {
  await phone?.stop();
  await window?.close();
  await product?.stop();
});

/** One of everything, a call that is over and one that goes on. */
async function furnish(api: Api): Promise<{ scenario: string; call: string }> {
  const { id } = await api.deploy(frontDesk('front-desk'), '1000');
  await api.upload('welcome', wavOf(speech(2, 1)));
  await api.post('/trunks', {
    name: 'carrier',
    host: '127.0.0.1',
    port: 9,
    register: true,
    username: 'u',
    password: 'p',
  });
  await api.post('/schedules', {
    name: 'office',
    schedule: {
      timeZone: 'UTC',
      weekly: { mon: [['09:00', '18:00']] },
      holidays: [{ date: '2026-12-25', name: 'Christmas' }],
    },
  });
  await api.post('/secrets', { name: 'crm', value: 'v' });
  await api.post('/webhooks', { url: 'http://127.0.0.1:9/', events: ['fax.ended'] });
  await api.post('/tokens', { name: 'wall', role: 'viewer' });
  await api.post('/users', { email: 'vera@example.org', role: 'viewer', password: 'long enough' });
  await api.addPhone('alice', 'alice-secret');
  phone = await BaresipPhone.start({ username: 'alice', password: 'alice-secret', server: product.sipAddress });
  await phone.call('1000');
  const [first] = await api.liveCalls();
  await api.post(`/calls/${first!.id}/commands`, { type: 'hang-up' });
  await api.ended(first!.id);
  phone.forget();
  await phone.call('1000');
  return { scenario: id, call: first!.id };
}

/** All that is wrong with what is shown now, at every size and in both schemes. */
async function wrong(): Promise<string[]> {
  const { page } = window;
  const found: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await inScheme(page, colorScheme);
      found.push(...(await accessibilityProblems(page)).map((text) => `${size.width} ${colorScheme} ${text}`));
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wider > 0) found.push(`${size.width}: wider than the window by ${wider}`);
  }
  await page.setViewportSize(SIZES[1]);
  return [...found, ...window.complaints.splice(0)];
}

const PAGES: readonly (readonly [string, string | (() => string), string])[] = [
  ['scenarios', '/scenarios', 'Scenarios'],
  ['first run', '/welcome', 'Let your phone ring'],
  ['live calls', '/calls/live', 'Live calls'],
  ['history', '/calls', 'Call history'],
  ['a call', () => `/calls/${call}`, 'alice'],
  ['numbers', '/numbers', 'Numbers'],
  ['phones', '/phones', 'Phones'],
  ['trunks', '/trunks', 'Trunks'],
  ['media', '/media', 'Media'],
  ['limits', '/limits', 'Limits'],
  ['schedules', '/schedules', 'Schedules'],
  ['secrets', '/secrets', 'Secrets'],
  ['environments', '/environments', 'Environments'],
  ['the audit', '/audit', 'Audit'],
  ['webhooks', '/webhooks', 'Webhooks'],
  ['tokens', '/tokens', 'API tokens'],
  ['users', '/users', 'Users'],
  ['about', '/about', 'About'],
];

describe('what axe finds', { concurrent: false, timeout: 60_000 }, () => {
  it.each(PAGES)('%s: nothing', async (_name, path, heading) => {
    const { page } = window;
    await page.goto(typeof path === 'string' ? path : path());
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await wrong()).toEqual([]);
  });

  it('the gallery of templates: nothing', async () => {
    const { page } = window;
    await page.goto('/scenarios');
    await page.getByRole('button', { name: 'New scenario' }).first().click();
    await page.getByRole('radio', { name: /An empty canvas/ }).waitFor();
    expect(await wrong()).toEqual([]);
  });

  it('one call beside the page: nothing', async () => {
    const { page } = window;
    // The call of the beginning may be over by now: nobody pressed a key.
    phone.forget();
    await phone.call('1000');
    await page.goto('/calls/live');
    await page.getByRole('button', { name: 'Follow the call from alice' }).first().click();
    await page.getByTestId('leg-caller').waitFor();
    expect(await wrong()).toEqual([]);
  });

  it('how a phone is connected: nothing', async () => {
    const { page } = window;
    await page.goto('/phones');
    await page.getByRole('button', { name: 'Actions for alice' }).click();
    await page.getByRole('menuitem', { name: 'Connect…' }).click();
    await page.getByRole('tab', { name: 'Mobile phone' }).click();
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    expect(await wrong()).toEqual([]);
  });

  it('the editor: nothing', async () => {
    const { page } = window;
    await page.goto(`/scenarios/${scenario}`);
    await page.getByTestId('node-menu').waitFor();
    expect(await wrong()).toEqual([]);
  });

  it('the log-in: nothing', async () => {
    const { page } = window;
    await page.context().clearCookies();
    await page.goto('/login');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    window.complaints.splice(0);
    expect(await wrong()).toEqual([]);
  });
});
