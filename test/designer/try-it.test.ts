import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Product } from '../support/product.js';
import { openTryOut, shop } from '../support/try-out.js';

/*
 * The scenario runs in the page: somebody who draws hears as text what a caller would hear, presses keys, says what the far ends do,
 * and sees the call move over the drawing, without a telephone.
 */
let product: Product;
let window: BrowserWindow;

beforeAll(async () => {
  product = await Product.start();
  window = await BrowserWindow.open(product.url);
  await openTryOut(product, window, shop('try-it'));
});

afterAll(async () => {
  await window?.close();
  await product?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('trying a scenario in the page', { concurrent: false }, () => {
  const panel = () => window.page.getByTestId('try-panel');
  const transcript = () => window.page.getByTestId('transcript');
  const node = (id: string) => window.page.getByTestId(`node-${id}`);

  it('lets the caller hear the menu, and waits for a key', async () => {
    await panel().getByRole('button', { name: 'Call', exact: true }).click();
    await transcript().getByText('For sales press 1').waitFor();
    await transcript().getByText('Your turn').waitFor();
    expect(await node('menu').getAttribute('data-trace')).toBe('current');
    expect(await node('answer').getAttribute('data-trace')).toBe('passed');
    expect(await node('bye').getAttribute('data-trace')).toBe('missed');
    await window.picture('try-it');
  });

  it('asks what a far end does, and goes that way', async () => {
    await panel().getByRole('button', { name: 'Press 1' }).click();
    const question = window.page.getByTestId('question');
    await question.getByText('https://shop.example/orders').waitFor();
    await question.getByLabel('Output').fill('{"status":200,"body":{"open":3}}');
    await question.getByRole('button', { name: 'ok', exact: true }).click();
    await transcript().getByText('You have 3 orders.').waitFor();
    await question.getByText('phone:ann').waitFor();
    await window.picture('try-it-question');
    await question.getByRole('button', { name: 'busy' }).click();
    await transcript().getByText('Goodbye.').waitFor();
    await transcript().getByText('The call ended: normal, by system').waitFor();
  });

  it('shows what the scenario knows', async () => {
    await panel().getByText('Data', { exact: true }).click();
    const data = window.page.getByTestId('try-data');
    await data.getByLabel('vars').getByText('orders', { exact: true }).waitFor();
    expect(await data.getByLabel('vars').textContent()).toContain('3');
    expect(await data.getByLabel('steps').textContent()).toContain('"digits":"1"');
    await panel().getByText('Call', { exact: true }).first().click();
  });

  it('has a clock of its own: nobody waits for a timeout', async () => {
    await panel().getByRole('button', { name: 'Call again' }).click();
    await transcript().getByText('Your turn').waitFor();
    await panel().getByRole('button', { name: /^Skip/ }).click();
    await expect.poll(() => transcript().getByText('For sales press 1').count()).toBe(2);
    // Pressed before the prompt ends it would skip the prompt, not the silence after it.
    await transcript().getByText('Your turn').waitFor();
    await panel().getByRole('button', { name: /^Skip/ }).click();
    await transcript().getByText('Goodbye.').waitFor();
  });

  it('takes a moment for now: at night the shop is closed', async () => {
    await panel().getByRole('button', { name: 'Change the call' }).click();
    await panel().getByText('At another time').click();
    await panel().getByLabel('The call comes in at').fill('2026-03-01T23:30');
    await panel().getByRole('button', { name: 'Call', exact: true }).click();
    await transcript().getByText('We are closed.').waitFor();
  });

  it('hangs up like a caller, and runs what comes after the call', async () => {
    await panel().getByRole('button', { name: 'Change the call' }).click();
    await panel().getByText('Now', { exact: true }).click();
    await panel().getByRole('button', { name: 'Call', exact: true }).click();
    await transcript().getByText('Your turn').waitFor();
    await panel().getByRole('button', { name: 'Hang up' }).click();
    await transcript().getByText('The call ended: normal, by caller').waitFor();
    await transcript().getByText('the caller left').waitFor();
    expect(await node('note').getAttribute('data-trace')).toBe('passed');
  });

  it('takes keys from the keyboard', async () => {
    await panel().getByRole('button', { name: 'Call again' }).click();
    await transcript().getByText('Your turn').waitFor();
    await transcript().focus();
    await window.page.keyboard.press('2');
    await transcript().getByText('Goodbye.').waitFor();
  });

  it('never made the page complain', () => {
    expect(window.complaints).toEqual([]);
  });
});
