import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Product } from '../support/product.js';
import { openTryOut, shop } from '../support/try-out.js';

/* A call that is tried stops where somebody wants to look, goes on node by node, and runs on. */
let product: Product;
let window: BrowserWindow;

beforeAll(async () => {
  product = await Product.start();
  window = await BrowserWindow.open(product.url);
  await openTryOut(product, window, shop('breakpoints'));
});

afterAll(async () => {
  await window?.close();
  await product?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('breakpoints', { concurrent: false }, () => {
  const panel = () => window.page.getByTestId('try-panel');
  const current = (id: string) =>
    expect.poll(() => window.page.getByTestId(`node-${id}`).getAttribute('data-trace')).toBe('current');

  it('stop the call before the node works', async () => {
    await window.page.getByTestId('breakpoint-menu').click();
    await panel().getByRole('button', { name: 'Call', exact: true }).click();
    await panel().getByText('Stopped at menu').waitFor();
    await current('menu');
    expect(await window.page.getByTestId('transcript').textContent()).not.toContain('For sales');
    await window.picture('breakpoint');
  });

  it('let it go on', async () => {
    await panel().getByTestId('try-continue').click();
    await window.page.getByTestId('transcript').getByText('For sales press 1').waitFor();
  });

  it('let it go on one node at a time', async () => {
    await panel().getByRole('button', { name: 'Pause' }).click();
    await panel().getByRole('button', { name: 'Press 2' }).click();
    await panel().getByText('Stopped at bye').waitFor();
    await panel().getByRole('button', { name: 'Step', exact: true }).click();
    await panel().getByText('Stopped at stop').waitFor();
    await current('stop');
    await panel().getByTestId('try-continue').click();
    await window.page.getByTestId('transcript').getByText('The call ended').waitFor();
  });

  it('are taken away again', async () => {
    await window.page.getByTestId('breakpoint-menu').click();
    await panel().getByRole('button', { name: 'Call again' }).click();
    await window.page.getByTestId('transcript').getByText('Your turn').waitFor();
    expect(window.complaints).toEqual([]);
  });
});
