import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import type { Scenario } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { frontDesk } from '../support/documents.js';
import { ADMIN, Product } from '../support/product.js';

/* Who else has a scenario open, and what they look at; nobody who is gone is shown. */
const BEN = { email: 'ben.ortega@example.org', password: 'another good password' };
let product: Product;
let ana: BrowserWindow;
let ben: BrowserWindow;
let id: string;

beforeAll(async () => {
  product = await Product.start();
  const api = await product.admin();
  await api.post('/users', { ...BEN, role: 'editor' });
  id = (await api.post<Scenario>('/scenarios', { name: 'Front desk', document: frontDesk('front-desk') })).id;
  ana = await BrowserWindow.open(product.url);
  ben = await BrowserWindow.open(product.url);
  await new Designer(ana.page).logIn(ADMIN);
  await new Designer(ben.page).logIn(BEN);
});
afterAll(async () => {
  await ana?.close();
  await ben?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await ana.picture(`failed: ${task.name}`, RESULTS);
});

const others = () => ana.page.getByRole('group', { name: 'Others who have this scenario open' });

describe('others in a scenario', { concurrent: false }, () => {
  it('are shown, with what they have selected', async () => {
    const [mine, theirs] = [new Designer(ana.page), new Designer(ben.page)];
    await mine.open(id);
    expect(await others().count()).toBe(0);
    await theirs.open(id);
    await others()
      .getByRole('button', { name: /ben\.ortega/ })
      .waitFor();
    await theirs.select('menu');
    await ana.page.getByTestId(`selected-by-${BEN.email}-menu`).waitFor();
    await ana.picture('presence');
    await theirs.select('bye');
    await ana.page.getByTestId(`selected-by-${BEN.email}-bye`).waitFor();
    expect(await ana.page.getByTestId(`selected-by-${BEN.email}-menu`).count()).toBe(0);
  });

  it('see each other’s changes as they are made', async () => {
    await new Designer(ben.page).name.fill('Renamed by Ben');
    await ana.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[aria-label="Scenario name"]')?.value === 'Renamed by Ben',
    );
  });

  it('are gone when their tab is killed', async () => {
    await ben.page.close({ runBeforeUnload: false });
    await others().waitFor({ state: 'detached' });
    expect(await ana.page.locator('[data-testid^="selected-by-"]').count()).toBe(0);
  });
});
