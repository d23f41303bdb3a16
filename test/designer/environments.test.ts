import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { accessibilityProblems } from '../support/axe.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { ADMIN, Product } from '../support/product.js';

/* A version goes to another environment once everything that it names is there. */
let product: Product;
let api: Api;
let window: BrowserWindow;

const hours = { timeZone: 'Europe/Vilnius', weekly: { mon: [['09:00', '18:00']] } };

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.post('/schedules', { name: 'office', schedule: hours });
  const document = {
    id: 'reception',
    meta: { format: 1, name: 'Reception' },
    initial: 'hours',
    states: { hours: { invoke: { src: 'business-hours', input: { schedule: 'office' }, onDone: [] } } },
  };
  const { id } = await api.post<{ id: string }>('/scenarios', { name: 'Reception', document });
  await api.post(`/scenarios/${id}/versions`, { comment: 'first' });
  window = await BrowserWindow.open(product.url);
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
}, 120_000);
afterAll(async () => {
  await window?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('environments', { concurrent: false }, () => {
  it('are made, and say what is missing in them', async () => {
    const { page } = window;
    await page.goto('/environments');
    await page.getByRole('row', { name: /production every new one at once/ }).waitFor();
    await page.getByRole('button', { name: 'Add an environment' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('staging');
    await page.getByRole('dialog').getByRole('button', { name: 'Add the environment' }).click();
    await page.getByRole('link', { name: 'staging' }).click();
    await page.getByRole('combobox', { name: 'Scenario' }).click();
    await page.getByRole('option', { name: 'Reception' }).click();
    const row = page.getByRole('row', { name: /office/ });
    await row.getByText('the same name').waitFor();
    await row.getByRole('combobox').fill('office-test');
    await row.getByRole('combobox').press('Enter');
    await row.getByText('missing').waitFor();
    await page.getByText('One name is missing: bind it first.').waitFor();
    expect(await page.getByRole('button', { name: 'Promote version 1' }).isDisabled()).toBe(true);
    await window.picture('environment-missing');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('run a version once everything that it names is there', async () => {
    const { page } = window;
    await api.post('/schedules', { name: 'office-test', schedule: hours });
    await page.reload();
    await page
      .getByRole('row', { name: /office/ })
      .getByText('bound')
      .waitFor();
    await page.getByLabel('Comment').fill('for the testers');
    await page.getByRole('button', { name: 'Promote version 1' }).click();
    await page.getByRole('row', { name: /Reception v1 runs for the testers/ }).waitFor();
    await window.picture('environment');
    await page.goto('/numbers');
    await page.getByRole('button', { name: 'Add a number' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Number' }).fill('2000');
    await form.getByRole('combobox', { name: 'Scenario' }).click();
    await page.getByRole('option', { name: 'Reception' }).click();
    await form.getByRole('combobox', { name: 'Environment' }).click();
    await page.getByRole('option', { name: 'staging' }).click();
    await form.getByRole('button', { name: 'Add the number' }).click();
    await page.getByRole('row', { name: /2000 Reception latest staging/ }).waitFor();
    expect(window.complaints).toEqual([]);
  });
});
