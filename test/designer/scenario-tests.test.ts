import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Product, ROOT } from '../support/product.js';
import { openTryOut, shop } from '../support/try-out.js';

/* What was tried becomes a test; missing tests are made; what they exercise is painted on the drawing; the command line runs the same file. */
const document = shop('scenario-tests');
let product: Product;
let window: BrowserWindow;
let id: string;
let folder: string;

beforeAll(async () => {
  product = await Product.start();
  window = await BrowserWindow.open(product.url);
  folder = mkdtempSync(join(tmpdir(), 'callwright-tests-'));
  id = await openTryOut(product, window, document);
});

afterAll(async () => {
  await window?.close();
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('the tests of a scenario, in the page', { concurrent: false }, () => {
  const panel = () => window.page.getByTestId('try-panel');
  const tests = () => window.page.getByTestId('tests');
  const painted = (tone: string) => window.page.locator(`.react-flow__edge path[data-paint="${tone}"]`).count();

  it('begin with a call that was tried', async () => {
    await panel().getByRole('button', { name: 'Call', exact: true }).click();
    await window.page.getByTestId('transcript').getByText('Your turn').waitFor();
    await panel().getByRole('button', { name: 'Press 2' }).click();
    await window.page.getByTestId('transcript').getByText('The call ended').waitFor();
    await panel().getByRole('button', { name: 'Save as a test…' }).click();
    const dialog = window.page.getByRole('dialog');
    await dialog.getByText('presses 2').waitFor();
    await window.picture('save-a-test');
    await dialog.getByLabel('Name').fill('two says goodbye');
    await dialog.getByRole('button', { name: 'Run and keep' }).click();
    await window.page.getByText('The test is kept, and it passes.').waitFor();
    const api = await product.admin();
    const { items } = await api.get<{ items: { test: { name: string; steps: unknown[] } }[] }>(
      `/scenarios/${id}/tests`,
    );
    expect(items.map(({ test }) => test.name)).toEqual(['two says goodbye']);
    expect(items[0]?.test.steps).toContainEqual({ press: '2' });
  });

  it('run all, and their coverage is painted on the wires', async () => {
    await panel().getByText('Tests', { exact: true }).click();
    await tests().getByRole('button', { name: 'Run all' }).click();
    await tests().getByText('One test passes').waitFor();
    await expect.poll(() => painted('covered')).toBeGreaterThan(2);
    expect(await painted('bare')).toBeGreaterThan(2);
    await window.picture('coverage');
  });

  it('are made where they are missing', async () => {
    await tests().getByRole('button', { name: 'Make missing tests' }).click();
    await expect
      .poll(() => tests().getByTestId('coverage').textContent(), { timeout: 20_000 })
      .toMatch(/(\d+) of \1 wires/);
    await expect.poll(() => painted('bare')).toBe(0);
    await window.picture('coverage-complete');
  });

  it('are exported as a file that the command line runs', async () => {
    await tests().getByRole('button', { name: 'More' }).click();
    const download = window.page.waitForEvent('download');
    await window.page.getByRole('menuitem', { name: 'Export as a test file' }).click();
    const path = join(folder, 'scenario-tests.test.json');
    await (await download).saveAs(path);
    writeFileSync(join(folder, 'scenario-tests.json'), JSON.stringify(document));
    expect(JSON.parse(readFileSync(path, 'utf8')).scenario).toBe('./scenario-tests.json');
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(ROOT, 'apps/cli/bin/callwright.mjs'), 'test', path],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toMatch(/\d+ passed, 0 failed/);
    expect(stdout).toContain('failures="0"');
    expect(status).toBe(0);
  });

  it('fail when the drawing does something else', async () => {
    const api = await product.admin();
    await api.post(`/scenarios/${id}/tests`, { name: 'wrong', steps: [{ hear: 'words that nobody says' }] });
    await window.page.reload();
    await window.page.getByTestId('try-button').click();
    await panel().getByText('Tests', { exact: true }).click();
    await tests().getByRole('button', { name: 'Run all' }).click();
    await tests().getByText('One test fails').waitFor();
    await tests().getByText('expected to hear “words that nobody says”').waitFor();
    expect(window.complaints).toEqual([]);
  });
});
