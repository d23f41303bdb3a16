import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { ADMIN, Product } from '../support/product.js';

/* A drawing of 600 nodes: only what is in view is in the page, and its wires lead to where the handles are. */
const WIDE = 25;
const NODES = 600;
let product: Product;
let window: BrowserWindow;

beforeAll(async () => {
  product = await Product.start();
  window = await BrowserWindow.open(product.url);
  await new Designer(window.page).logIn(ADMIN);
  window.forgetLogIn();
  const api = await product.admin();
  const { id } = await api.post<{ id: string }>('/scenarios', { name: 'Large', document: large() });
  await window.page.goto(`/scenarios/${id}`);
}, 120_000);

afterAll(async () => {
  await window?.close();
  await product?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

describe('a large drawing', { concurrent: false }, () => {
  const cards = () => window.page.locator('.react-flow__node').count();

  it('opens at its start with what is in view', async () => {
    await window.page.getByTestId('node-n0').waitFor();
    await expect.poll(cards).toBeLessThan(80);
    expect(await window.page.getByTestId(`node-n${NODES - 1}`).count()).toBe(0);
    await window.picture('large');
  });

  it('draws a wire from handle to handle once its nodes were seen', async () => {
    const { page } = window;
    const offBy = () =>
      page.evaluate(() => {
        const wire = document.querySelector<SVGPathElement>('.react-flow__edge[data-id="n0:done"] path')!;
        const matrix = wire.getScreenCTM()!;
        const end = (at: number) => wire.getPointAtLength(at).matrixTransform(matrix);
        const middle = (selector: string) => {
          const box = document.querySelector(selector)!.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2, reach: box.width / 2 };
        };
        const [from, to] = [
          middle('[data-testid="handle-n0-done"]'),
          middle('.react-flow__node[data-id="n1"] .react-flow__handle-left'),
        ];
        const [begin, finish] = [end(0), end(wire.getTotalLength())];
        return [Math.hypot(begin.x - from.x, begin.y - from.y), Math.hypot(finish.x - to.x, finish.y - to.y)];
      });
    await expect.poll(async () => Math.max(...(await offBy()))).toBeLessThan(9);
  });

  it('brings what is sought into view', async () => {
    const { page } = window;
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find in this scenario' }).fill(`Step ${NODES - 1}`);
    await page.getByText('1 place', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId(`node-n${NODES - 1}`).waitFor();
    expect(window.complaints).toEqual([]);
  });
});

function large() {
  const states = Array.from({ length: NODES }, (_, n) => [
    `n${n}`,
    {
      ...node('say', { prompt: [{ say: `Step ${n}` }] }, n + 1 < NODES ? { done: `n${n + 1}` } : {}),
      meta: { canvas: { x: 300 * (n % WIDE), y: 200 * Math.floor(n / WIDE) } },
    },
  ]);
  return scenario('large', Object.fromEntries(states) as Record<string, object>);
}
