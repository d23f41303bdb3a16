import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Api } from '../support/api.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import type { Scenario } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { frontDesk } from '../support/documents.js';
import { eventually, pause } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';

/* Kill the tab, the server or the network at any moment: at most the last second is lost. */
let product: Product;
let restarted: Product | null = null;
let api: Api;
let window: BrowserWindow;
let designer: Designer;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  window = await BrowserWindow.open(product.url);
  designer = new Designer(window.page);
  await designer.logIn(ADMIN);
});
afterAll(async () => {
  await window?.close();
  await restarted?.stop();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

const made = async (id: string) => (await api.post<Scenario>('/scenarios', { name: id, document: frontDesk(id) })).id;
const nameOnServer = async (id: string) => (await api.get<Scenario>(`/scenarios/${id}`)).document.meta.name;
/** The renderer dies at once, as with an out-of-memory kill: no handler of the page runs any more. */
const crash = async (page: Page) => {
  const crashed = page.waitForEvent('crash');
  const protocol = await page.context().newCDPSession(page);
  // The process that would answer is gone.
  void protocol.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
};
/** A second: what may be lost. */
const SECOND = 1_000;

describe('work that is never lost', { concurrent: false }, () => {
  it('survives a tab that is killed while the server cannot be reached', async () => {
    const id = await made('killed-tab');
    const page = await window.context.newPage();
    const tab = new Designer(page);
    await tab.open(id);
    // Nothing reaches the server: what comes back comes from this browser.
    await page.route('**/api/scenarios/**', (route) =>
      route.request().method() === 'PUT' ? route.abort('connectionfailed') : route.continue(),
    );
    await tab.name.fill('Written before the crash');
    await pause(3 * SECOND);
    await crash(page);
    expect(await nameOnServer(id)).toBe('Front desk');

    await designer.open(id);
    expect(await designer.name.inputValue()).toBe('Written before the crash');
    await designer.saved();
    expect(await nameOnServer(id)).toBe('Written before the crash');
    await window.page.getByRole('button', { name: 'Undo' }).click();
    expect(await designer.name.inputValue()).toBe('Front desk');
  });

  it('reaches the server within a second of the last change, and on the way of a long one', async () => {
    const id = await made('quick');
    await designer.open(id);
    await designer.name.fill('One');
    await eventually('the save', async () => (await nameOnServer(id)) === 'One');
    await designer.name.press('End');
    const typing = designer.name.pressSequentially(' and a very long name that takes a while', { delay: 80 });
    const onTheWay = await eventually('a save on the way', async () => {
      const name = await nameOnServer(id);
      return name !== 'One' && name;
    });
    await typing;
    expect('One and a very long name that takes a while'.startsWith(onTheWay)).toBe(true);
  });

  it('waits out a lost network', async () => {
    const id = await made('offline');
    await designer.open(id);
    await window.context.setOffline(true);
    await designer.name.fill('Written without a network');
    await designer.saveState('Offline');
    await window.picture('offline');
    await window.context.setOffline(false);
    await designer.saved();
    expect(await nameOnServer(id)).toBe('Written without a network');
  });

  it('waits out a server that is killed, and goes on with the one that comes after it', async () => {
    const id = await made('killed-server');
    await designer.open(id);
    await designer.name.fill('Saved before');
    await designer.saved();
    await product.kill('SIGKILL');
    await designer.name.fill('Written while it was away');
    await designer.saveState('Offline');
    const { port } = new URL(product.url);
    restarted = await Product.start({ dataDir: product.dataDir, env: { HTTP_PORT: port } });
    await designer.saved(20_000);
    expect(await nameOnServer(id)).toBe('Written while it was away');
    const { items } = await api.get<{ items: { name: string }[] }>(`/scenarios/${id}/revisions`);
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Saved before', 'Written while it was away']),
    );
  });
});
