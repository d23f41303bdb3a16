import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserWindow } from '../support/browser.js';
import { ADMIN, Product } from '../support/product.js';

let product: Product;
let window: BrowserWindow;

beforeAll(async () => {
  product = await Product.start();
  window = await BrowserWindow.open(product.url);
});
afterAll(async () => {
  await window?.close();
  await product?.stop();
});

const language = () => window.page.evaluate(() => document.documentElement.lang);

it('is chosen at the door, and stays', async () => {
  const { page } = window;
  await page.goto('/login');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await language()).toBe('en');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('menuitem', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  expect(await language()).toBe('de');
  await page.reload();
  await page.getByLabel('E-Mail').fill(ADMIN.email);
  await page.getByLabel('Passwort').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('link', { name: 'Zeitpläne' }).waitFor();
});

it('is changed in the account menu without a reload', async () => {
  const { page } = window;
  await page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  await page.getByRole('button', { name: 'admin' }).first().click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Schedules' }).waitFor();
  expect(await language()).toBe('en');
  expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true);
});

it('costs an English page nothing', async () => {
  const { page } = window;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/phones');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(asked.filter((url) => /\/de-[\w-]+\.js$/.test(url))).toEqual([]);
  expect(asked.some((url) => /\/index-[\w-]+\.js$/.test(url))).toBe(true);
  window.forgetLogIn();
  expect(window.complaints).toEqual([]);
});
