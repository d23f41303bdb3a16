import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { accessibilityProblems } from '../support/axe.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { ADMIN, Product } from '../support/product.js';

/* What an administrator looks after: what other systems were told, who did what, and what must not be deleted by mistake. */
let product: Product;
let api: Api;
let window: BrowserWindow;
let listener: Server;
let answer: number;
let webhook: string;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  answer = 500;
  listener = createServer((request, response) => {
    request.resume();
    response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  webhook = (await api.post<{ id: string }>('/webhooks', { url: `http://127.0.0.1:${port}/calls` })).id;
  const hours = { timeZone: 'Europe/Vilnius', weekly: { mon: [['09:00', '18:00']] } };
  await api.post('/schedules', { name: 'office', schedule: hours });
  await api.post('/scenarios', {
    name: 'Reception',
    document: {
      id: 'reception',
      meta: { format: 1, name: 'Reception' },
      initial: 'hours',
      states: { hours: { invoke: { src: 'business-hours', input: { schedule: 'office' }, onDone: [] } } },
    },
  });
  window = await BrowserWindow.open(product.url);
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
}, 120_000);
afterAll(async () => {
  await window?.close();
  listener?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('what an administrator looks after', { concurrent: false }, () => {
  it('the deliveries of a webhook: why one did not arrive, and that it arrives when it is sent again', async () => {
    const { page } = window;
    await page.goto('/webhooks');
    await page.getByRole('link', { name: /127\.0\.0\.1/ }).click();
    await page.waitForURL(`**/webhooks/${webhook}`);
    await page.getByRole('heading', { name: 'Nothing was sent yet' }).waitFor();
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByText('The test event did not arrive').waitFor();
    const row = page.getByRole('row', { name: /webhook\.tested/ });
    await row.getByText(/500/).waitFor();
    await window.picture('deliveries');
    expect(await accessibilityProblems(page)).toEqual([]);
    answer = 204;
    await row.getByRole('button', { name: 'Send it now' }).click();
    await row.getByText('arrived').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
  });

  it('something that is needed is deleted only by who has seen by whom, and goes ahead', async () => {
    const { page } = window;
    await page.goto('/schedules');
    await page.getByRole('button', { name: 'Actions for office' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'office is needed' });
    await dialog.getByRole('link', { name: 'Reception' }).waitFor();
    await window.picture('needed');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('cell', { name: 'office', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Actions for office' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete anyway' }).click();
    await page.getByText('office is deleted.').waitFor();
    await page.getByRole('heading', { name: 'No schedules' }).waitFor();
    // Refused by the server, which the browser writes down.
    expect(window.complaints.splice(0).filter((text) => !/409/.test(text))).toEqual([]);
  });

  it('the audit: who did what, found by what and by whom, with what changed', async () => {
    const { page } = window;
    await page.goto('/scenarios');
    await page.getByRole('button', { name: 'Actions for Reception' }).click();
    await page.getByRole('menuitem', { name: 'Who changed it' }).click();
    await page.waitForURL('**/audit?target=*');
    await page.getByRole('row', { name: /Scenario Reception created/ }).waitFor();
    await page.getByRole('button', { name: 'Only one thing: show everything' }).click();
    await page.getByRole('row', { name: /Schedule office deleted/ }).waitFor();
    await page.getByRole('button', { name: 'What changed in office' }).first().click();
    await page.getByText(/Europe\/Vilnius/).waitFor();
    await window.picture('audit');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'Webhook' }).click();
    await page
      .getByRole('row', { name: /Schedule/ })
      .first()
      .waitFor({ state: 'hidden' });
    await page.getByRole('row', { name: /Webhook http/ }).waitFor();
    await page.getByLabel('Who').fill('nobody');
    await page.getByRole('heading', { name: 'Nothing was written down' }).waitFor();
    expect(window.complaints).toEqual([]);
  });
});
