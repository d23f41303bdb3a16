import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BaresipPhone } from '../support/baresip.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { ADMIN, Product } from '../support/product.js';

/* From the set-up link to the person's own phone ringing, without a word of documentation and without leaving the page. */

let product: Product;
let window: BrowserWindow;
let phone: BaresipPhone | null = null;

beforeAll(async () => {
  product = await Product.start({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } });
  window = await BrowserWindow.open(product.url);
});
afterAll(async () => {
  await phone?.stop();
  await window?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

it('ends with a ringing phone', { timeout: 120_000 }, async () => {
  const { page } = window;
  const link = /^Set-up {4}(\S+)$/m.exec(product.output)![1]!;
  await new Designer(page).setUp(link, ADMIN);

  await page.getByLabel('What shall the phone be called?').fill('my-phone');
  await page.getByRole('button', { name: 'Make the phone' }).click();
  await page.getByText('Waiting for my-phone to register…').waitFor();
  expect(await page.getByRole('button', { name: 'Go on' }).isDisabled()).toBe(true);
  const value = (label: string) => page.locator('dl > div').filter({ hasText: label }).locator('code').innerText();
  const [server, username, password] = [
    await value('Server, domain or registrar'),
    await value('Username'),
    await value('Password'),
  ];
  expect([server, username]).toEqual([product.sipAddress, 'my-phone']);

  // The code that a mobile phone scans leads to the same settings.
  const asked = page.waitForResponse((reply) => reply.url().endsWith('/provisioning'));
  await page.getByRole('tab', { name: 'Mobile phone' }).click();
  await page.getByRole('img', { name: 'QR code with the settings of my-phone' }).waitFor();
  const { path } = (await (await asked).json()) as { path: string };
  const settings = await (await fetch(product.url + path)).text();
  expect(settings).toContain(`&lt;sip:${product.sipAddress};transport=udp&gt;`);

  phone = await BaresipPhone.start({ username, password, server, answers: true });
  await page.getByText('my-phone is registered and can be called.').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Ring my phone' }).click();
  await phone.saw('CALL_ESTABLISHED', 20_000);
  await page.getByText('You are talking to your scenario.').waitFor();
  phone.hangUp();
  await page.getByText('That was your first call.').waitFor();

  await page.getByRole('link', { name: 'See the call on its drawing' }).click();
  await page.getByTestId('node-menu').waitFor({ timeout: 30_000 });
  window.forgetLogIn();
  expect(window.complaints).toEqual([]);
});
