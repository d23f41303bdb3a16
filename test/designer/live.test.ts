import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { speech } from '../support/audio.js';
import { BaresipPhone } from '../support/baresip.js';
import { BrowserWindow } from '../support/browser.js';
import type { ScenarioDocument } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { node } from '../support/drawing.js';
import { ADMIN, Product } from '../support/product.js';

/* An operator's desk: who is in a call now, one of them followed closely, and a board that goes on after the server was away. */

const waiting: ScenarioDocument = {
  id: 'waiting',
  meta: { format: 1, name: 'Waiting room' },
  initial: 'answer',
  states: {
    answer: node('answer', {}, { answered: 'stay' }),
    stay: node('wait-for-hang-up', {}, {}, [340, 0]),
    other: node('wait', { durationMs: 600_000 }, {}, [340, 160]),
    Ended: { type: 'final' },
  },
};

let dataDir: string;
let product: Product;
let window: BrowserWindow;
let alice: BaresipPhone;

const phone = () =>
  BaresipPhone.start({
    username: 'alice',
    password: 'alice-secret',
    server: product.sipAddress,
    says: speech(20, 1),
  });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'callwright-live-'));
  product = await Product.start({ dataDir });
  const api = await product.admin();
  await api.deploy(waiting, '1000');
  await api.addPhone('alice', 'alice-secret');
  alice = await phone();
  window = await BrowserWindow.open(product.url);
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
});
afterAll(async () => {
  await alice?.stop();
  await window?.close();
  await product?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const callsNow = () =>
  window.page
    .getByTestId('wallboard')
    .locator('div')
    .filter({ has: window.page.getByText('Calls now', { exact: true }) })
    .last();

describe('live calls', { concurrent: false }, () => {
  it('says that nobody calls, and shows a call as it comes', async () => {
    const { page } = window;
    await page.goto('/calls/live');
    await page.getByText('No calls at this moment').waitFor();
    await alice.call('1000');
    await callsNow().getByText('1', { exact: true }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'alice' });
    await row.getByText('stay').waitFor();
    await page.getByTestId('wallboard').getByText('Waiting room').waitFor();
  });

  it('follows one call: its legs, how they sound, and what happens in it', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Follow the call from alice' }).click();
    const call = page.getByTestId('followed-call');
    await call.getByText('alice → 1000').first().waitFor();
    const leg = call.getByTestId('leg-caller');
    await leg.getByText(/^\d+ in, \d+ out$/).waitFor();
    await leg.getByRole('button', { name: 'Listen in on caller' }).click();
    // What the caller says is seen while it is heard.
    const level = leg.getByLabel('How loud the far end is');
    await expect
      .poll(() => level.evaluate((meter: HTMLMeterElement) => meter.value), { timeout: 8000 })
      .toBeGreaterThan(0);
    await leg.getByRole('button', { name: 'Stop listening to caller' }).click();
  });

  it('moves it to another node, puts it on hold, and hangs it up', async () => {
    const { page } = window;
    const call = page.getByTestId('followed-call');
    await call.getByRole('button', { name: 'Hold' }).click();
    await call.getByRole('button', { name: 'Resume' }).click();
    await call.getByRole('button', { name: 'Hold' }).waitFor();
    await call.getByRole('button', { name: 'Move to…' }).click();
    await page
      .getByRole('combobox', { name: 'Move the call to' })
      .or(page.getByLabel('Move the call to'))
      .first()
      .click();
    await page.getByRole('option', { name: 'other' }).click();
    await page.getByRole('row').filter({ hasText: 'alice' }).getByText('other').waitFor();
    await call.getByRole('button', { name: 'Hang up' }).click();
    await alice.saw('CALL_CLOSED');
    await page.keyboard.press('Escape');
    await page.getByText('No calls at this moment').waitFor();
  });

  it('goes on after the server was away, without a reload', async () => {
    const { page } = window;
    await page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
    await alice.stop();
    const { url, sipPort } = product;
    await product.kill('SIGTERM');
    await page.getByText('Connection lost, trying again…').waitFor();
    const lost = window.complaints.length;
    product = await Product.start({ dataDir, env: { HTTP_PORT: new URL(url).port, SIP_PORT: String(sipPort) } });
    await page.getByText('0 calls now').waitFor({ timeout: 20_000 });
    alice = await phone();
    await alice.call('1000');
    await callsNow().getByText('1', { exact: true }).waitFor();
    expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true);
    // While the server was away the page could say so; before, there was nothing to complain about.
    expect(window.complaints.slice(0, lost).filter((text) => !/ERR_CONNECTION_REFUSED|WebSocket/.test(text))).toEqual(
      [],
    );
    alice.hangUp();
  });
});
