import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import type { Api } from '../support/api.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import type { Scenario } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { frontDesk } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';

/* Versions: published after a checklist, compared on the drawing and as text, restored, exported and taken back from a file. */
let product: Product;
let api: Api;
let window: BrowserWindow;
let designer: Designer;
let id: string;
let exported: string;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  window = await BrowserWindow.open(product.url);
  designer = new Designer(window.page);
  await designer.logIn(ADMIN);
  window.forgetLogIn();
  id = (await api.post<Scenario>('/scenarios', { name: 'Front desk', document: frontDesk('front-desk') })).id;
  await designer.open(id);
});
afterAll(async () => {
  await window?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

const stored = async () => (await api.get<Scenario>(`/scenarios/${id}`)).document;
const dialog = (name: string): Locator => window.page.getByRole('dialog', { name });
const publish = async (comment: string) => {
  await window.page.getByRole('button', { name: 'Publish', exact: true }).click();
  const form = dialog('Publish a version');
  await form.getByLabel('What changed?').fill(comment);
  return form;
};
const more = async (item: string) => {
  await window.page.getByRole('button', { name: 'More' }).click();
  await window.page.getByRole('menuitem', { name: item }).click();
};

describe('versions', { concurrent: false }, () => {
  it('are published with a comment, after a checklist', async () => {
    const form = await publish('The first one');
    await form.getByText(/no-match/).waitFor();
    await form.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog('Version 1 is published').getByRole('button', { name: 'Done' }).click();
    await api.post('/numbers', { pattern: '1000', scenarioId: id, version: 'latest' });
    await window.page.reload();
    await designer.node('menu').waitFor();

    await designer.select('menu');
    await designer.showAllSettings();
    await designer.inspector.getByLabel(/^Attempts/).fill('5');
    await window.page.keyboard.press('Escape');
    await designer.node('sales').click({ position: { x: 60, y: 20 } });
    await window.page.keyboard.press('Delete');
    await designer.name.fill('Front desk, newly drawn');
    await designer.saved();

    const second = await publish('No more sales, five attempts');
    await second.getByText('3 things changed since version 1.').waitFor();
    expect(await second.getByTestId('numbers-that-take-it').innerText()).toMatch(/One number .*1000/);
    await window.picture('publish');
    await second.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog('Version 2 is published').getByRole('button', { name: 'Done' }).click();
    const { items } = await api.get<{ items: { version: number; comment: string }[] }>(`/scenarios/${id}/versions`);
    expect(items.map(({ version, comment }) => [version, comment])).toEqual([
      [2, 'No more sales, five attempts'],
      [1, 'The first one'],
    ]);
  });

  it('are compared, any two, on the drawing', async () => {
    await more('Versions');
    const list = dialog('Versions');
    await list.getByText('Nothing is different.').waitFor();
    await list.getByRole('button', { name: /^Version 2/ }).click();
    await list.getByTestId('mark-sales').getByText('removed').waitFor();
    await list.getByTestId('mark-menu').getByText('changed').waitFor();
    await list.getByText('3 changes').waitFor();
    await window.picture('versions');
    await list.getByRole('button', { name: 'The next change' }).click();
    await list.getByText('Change 1 of 3').waitFor();
    // The other way round what was removed is added.
    await list.getByRole('combobox', { name: 'Compare from' }).click();
    await window.page.getByRole('option', { name: /^2 / }).click();
    await list.getByRole('combobox', { name: 'Compare to' }).click();
    await window.page.getByRole('option', { name: /^1 / }).click();
    await list.getByTestId('mark-sales').getByText('added').waitFor();
  });

  it('are compared as text', async () => {
    const list = dialog('Versions');
    await list.getByRole('button', { name: /^Version 2/ }).click();
    await list.getByRole('radiogroup', { name: 'How the changes are shown' }).getByText('Text').click();
    const text = await list.getByTestId('text-diff').innerText();
    expect(text).toMatch(/−\s*removed\s+"attempts": 3/);
    expect(text).toMatch(/\+\s*added\s+"attempts": 5/);
    await window.picture('versions-text');
  });

  it('are exported as the file that git sees', async () => {
    const list = dialog('Versions');
    await list.getByRole('button', { name: 'What can be done with version 1' }).click();
    const download = window.page.waitForEvent('download');
    await window.page.getByRole('menuitem', { name: 'Export as a file' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('front-desk-v1.json');
    exported = readFileSync(await file.path(), 'utf8');
    expect(Object.keys((JSON.parse(exported) as Scenario['document']).states)).toContain('sales');
    expect(exported.split('\n').length).toBeGreaterThan(40);
  });

  it('are restored as the draft, and undo takes that back', async () => {
    const list = dialog('Versions');
    await list.getByRole('button', { name: 'What can be done with version 1' }).click();
    await window.page.getByRole('menuitem', { name: 'Restore as the draft' }).click();
    await list.waitFor({ state: 'detached' });
    await designer.node('sales').waitFor();
    await eventually('version 1 is the draft', async () => 'sales' in (await stored()).states);
    await window.page.getByRole('button', { name: 'Undo' }).click();
    await eventually('version 2 is back', async () => !('sales' in (await stored()).states));
  });

  it('come back from a file', async () => {
    const changed = exported.replace('"name": "Front desk"', '"name": "From the file"');
    const chooser = window.page.waitForEvent('filechooser');
    await more('Replace with a file…');
    await (await chooser).setFiles({ name: 'merged.json', mimeType: 'application/json', buffer: Buffer.from(changed) });
    await designer.node('sales').waitFor();
    await eventually('the file is the draft', async () => (await stored()).meta.name === 'From the file');

    const again = window.page.waitForEvent('filechooser');
    await more('Replace with a file…');
    await (await again).setFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{ "id": 1') });
    await window.page.getByText('The file was not imported').waitFor();
    expect(await designer.name.inputValue()).toBe('From the file');
  });

  it('never made the page complain', () => {
    expect(window.complaints).toEqual([]);
  });
});
