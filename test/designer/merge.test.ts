import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import type { Scenario } from '../support/contract.js';
import { Designer } from '../support/designer.js';
import { frontDesk } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';

/* Two people change one scenario: what does not collide is joined by itself; for the rest somebody chooses on the joined drawing. */
let product: Product;
let api: Api;
let window: BrowserWindow;
let designer: Designer;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  window = await BrowserWindow.open(product.url);
  designer = new Designer(window.page);
  await designer.logIn(ADMIN);
  window.forgetLogIn();
});
afterAll(async () => {
  await window?.close();
  await product?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

interface Node {
  meta?: { label?: string };
  invoke: { input: Record<string, unknown> };
}
const made = async (id: string) => (await api.post<Scenario>('/scenarios', { name: id, document: frontDesk(id) })).id;
const stored = async (id: string) => (await api.get<Scenario>(`/scenarios/${id}`)).document;
/** Somebody else, by the API: one node with other settings or another label. */
const somebodyElse = async (id: string, node: string, change: (node: Node) => Node) => {
  const { document, revision } = await api.get<Scenario>(`/scenarios/${id}`);
  const states = { ...document.states, [node]: change(document.states[node] as Node) };
  await api.put(`/scenarios/${id}`, { document: { ...document, states } }, { 'if-match': `"${revision}"` });
};
const labelled =
  (label: string) =>
  (node: Node): Node => ({ ...node, meta: { ...node.meta, label } });
const attempts =
  (count: number) =>
  (node: Node): Node => ({ ...node, invoke: { ...node.invoke, input: { ...node.invoke.input, attempts: count } } });

describe('two people at one scenario', { concurrent: false }, () => {
  it('see each other’s saves without doing anything', async () => {
    const id = await made('followed');
    await designer.open(id);
    await somebodyElse(id, 'bye', labelled('So long'));
    await designer.node('bye').getByText('So long').waitFor();
    await designer.saved();
  });

  it('are joined by themselves where they do not collide', async () => {
    const id = await made('joined');
    await designer.open(id);
    await window.context.setOffline(true);
    await designer.name.fill('My name for it');
    await designer.saveState('Offline');
    await somebodyElse(id, 'bye', labelled('So long'));
    await window.context.setOffline(false);
    await designer.node('bye').getByText('So long').waitFor();
    await designer.saved();
    const document = await stored(id);
    expect(document.meta.name).toBe('My name for it');
    expect((document.states['bye'] as Node).meta?.label).toBe('So long');
  });

  it('choose, thing by thing, where they do', async () => {
    const id = await made('collided');
    await designer.open(id);
    await window.context.setOffline(true);
    await designer.select('menu');
    await designer.showAllSettings();
    await designer.inspector.getByLabel(/^Attempts/).fill('5');
    await designer.saveState('Offline');
    await designer.name.fill('Only I renamed it');
    await somebodyElse(id, 'menu', (node) => labelled('Their menu')(attempts(7)(node)));
    await window.context.setOffline(false);

    const dialog = window.page.getByRole('dialog', { name: 'Somebody else changed the same things' });
    await dialog.waitFor();
    const choice = dialog.getByRole('radiogroup', { name: /Attempts/ });
    await choice.waitFor();
    expect(await choice.getByRole('radio').allInnerTexts()).toEqual(['Yours\n5', 'Theirs\n7', 'As it was\n3']);
    await dialog.getByTestId('mark-menu').getByText('both changed it').waitFor();
    await window.picture('merge');
    const goOn = dialog.getByRole('button', { name: /to decide$|joined version/ });
    expect(await goOn.isDisabled()).toBe(true);
    await choice.getByRole('radio', { name: /Theirs/ }).click();
    await goOn.click();
    await dialog.waitFor({ state: 'detached' });
    await designer.saved();
    const document = await stored(id);
    const menu = document.states['menu'] as Node;
    expect([menu.invoke.input['attempts'], menu.meta?.label, document.meta.name]).toEqual([
      7,
      'Their menu',
      'Only I renamed it',
    ]);
    await window.page.getByRole('button', { name: 'Undo' }).click();
    await eventually('their version is back', async () => (await stored(id)).meta.name === 'Front desk');
  });

  it('never made the page complain but about the lost network', () => {
    expect(window.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|412/.test(text))).toEqual([]);
  });
});
