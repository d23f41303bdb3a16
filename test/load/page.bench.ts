import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { BrowserWindow } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { eventually, pause } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';
import { sipp } from '../support/sipp.js';
import { QUIET_CALLER } from './support/callers.js';
import { framesWhile, type Frames } from './support/frames.js';
import { QUICK, report } from './support/report.js';

/* The page in a real Chromium: what its first load weighs, and how evenly it moves with large drawings and many live calls. */

const SIZES = QUICK ? [1_000] : [500, 1_000];
const LIVE_CALLS = QUICK ? 500 : 2_000;
const LIVE_NODES = 20;
const MOVES = QUICK ? 60 : 150;

let product: Product;
let api: Api;
let window: BrowserWindow;
let page: Page;

beforeAll(async () => {
  product = await Product.start({
    env: {
      LOG_LEVEL: 'warn',
      RTP_PORT_MIN: '20000',
      RTP_PORT_MAX: '30000',
      MAX_CALLS: '4000',
      MAX_CALLS_PER_SECOND: '1000',
    },
  });
  api = await product.admin();
  window = await BrowserWindow.open(product.url);
  page = window.page;
  page.setDefaultTimeout(60_000);
});
afterAll(async () => {
  await window?.close();
  await product?.stop();
});

it('what the first load weighs', async () => {
  const { bytes, files } = await transferred(async () => {
    await page.goto('/login', { waitUntil: 'networkidle' });
  });
  report({ name: 'first-load', value: bytes / 1024, unit: 'KiB' });
  report({ name: 'first-load-files', value: files, unit: 'files' });
  await new Designer(page).logIn(ADMIN);
  window.forgetLogIn();
  expect(bytes).toBeGreaterThan(0);
});

describe.each(SIZES)('a drawing of %d nodes', (size) => {
  it('is dragged and moved', async () => {
    const { id } = await api.post<{ id: string }>('/scenarios', { name: `${size} nodes`, document: drawing(size) });
    const began = performance.now();
    await page.goto(`/scenarios/${id}`);
    await page.getByTestId('node-n0').waitFor();
    report({ name: `canvas-${size}-open`, value: performance.now() - began, unit: 'ms' });
    await pause(1_500);
    say(`canvas-${size}-pan`, await framesWhile(page, () => wave(page, page.locator('.react-flow__pane'))));
    say(`canvas-${size}-drag`, await framesWhile(page, () => wave(page, page.getByTestId('node-n0'))));
    await page.getByRole('button', { name: /fit view/i }).click();
    await pause(1_000);
    say(`canvas-${size}-drag-all-in-view`, await framesWhile(page, () => wave(page, page.getByTestId('node-n0'))));
    expect(window.complaints).toEqual([]);
  });
});

it('how evenly many live calls move over the drawing', async () => {
  const wait = (n: number) => node('wait', { durationMs: 5_000 }, { done: `n${(n + 1) % LIVE_NODES}` });
  const states = Object.fromEntries(
    Array.from({ length: LIVE_NODES }, (_, n) => [
      `n${n}`,
      { ...wait(n), meta: { canvas: { x: 300 * (n % 5), y: 160 * (Math.floor(n / 5) + 1) } } },
    ]),
  );
  const { id } = await api.deploy(
    scenario('walk', {
      answer: { ...node('answer', {}, { answered: 'n0' }), meta: { canvas: { x: 0, y: 0 } } },
      ...states,
    }),
    '1000',
  );
  const calls = sipp({
    scenario: QUIET_CALLER,
    server: product.sipAddress,
    calls: LIVE_CALLS,
    perSecond: 100,
    timeoutMs: LIVE_CALLS * 10 + 60_000,
  });
  await page.goto(`/scenarios/${id}`);
  await page.getByTestId('node-n0').waitFor();
  await page.getByRole('button', { name: /fit view/i }).click();
  const shown = () =>
    page
      .locator('[data-testid^="live-n"]')
      .evaluateAll((badges) =>
        badges.reduce((sum, badge) => sum + Number(/\d+/.exec(badge.getAttribute('aria-label') ?? '')?.[0] ?? 0), 0),
      );
  await eventually(
    `${LIVE_CALLS} calls are shown`,
    async () => (await shown()) >= 0.98 * LIVE_CALLS,
    LIVE_CALLS * 10 + 30_000,
  );
  say(`live-${LIVE_CALLS}-still`, await framesWhile(page, () => pause(5_000)));
  say(`live-${LIVE_CALLS}-drag`, await framesWhile(page, () => wave(page, page.getByTestId('node-n0'))));
  await calls;
  expect(window.complaints).toEqual([]);
});

function say(name: string, { p50, p95, worst, workMs }: Frames): void {
  report({ name: `${name}-frame-p50`, value: p50, unit: 'ms' });
  report({ name: `${name}-frame-p95`, value: p95, unit: 'ms' });
  report({ name: `${name}-frame-worst`, value: worst, unit: 'ms' });
  report({ name: `${name}-work-a-frame`, value: workMs, unit: 'ms' });
}

/** Takes hold of it with the mouse and waves it about, a step for each frame. */
async function wave(on: Page, what: ReturnType<Page['locator']>): Promise<void> {
  const box = (await what.boundingBox())!;
  // Not the middle: of a wide pane that may be a node.
  const from = { x: box.x + Math.min(60, box.width / 2), y: box.y + Math.min(20, box.height / 2) };
  await on.mouse.move(from.x, from.y);
  await on.mouse.down();
  for (let n = 1; n <= MOVES; n++) {
    const angle = (n / MOVES) * 4 * Math.PI;
    await on.mouse.move(from.x + 150 * Math.sin(angle), from.y + 100 * (1 - Math.cos(angle)));
    await pause(12);
  }
  await on.mouse.up();
}

/** What goes over the wire meanwhile. */
async function transferred(act: () => Promise<void>): Promise<{ bytes: number; files: number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  let [bytes, files] = [0, 0];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    files++;
  });
  await act();
  await devtools.detach();
  return { bytes, files };
}

function drawing(size: number) {
  const wide = Math.ceil(Math.sqrt(size));
  const at = (n: number) => ({ canvas: { x: 320 * (n % wide), y: 180 * (Math.floor(n / wide) + 1) } });
  const states: Record<string, unknown> = {
    answer: { ...node('answer', {}, { answered: 'n0' }), meta: { canvas: { x: 0, y: 0 } } },
  };
  for (let n = 0; n < size; n++) {
    const next = `n${(n + 1) % size}`;
    const card =
      n % 4 === 0
        ? node(
            'menu',
            { prompt: [{ say: 'Press 1 or 2.' }], keys: { '1': 'one', '2': 'two' } },
            { one: next, two: `n${(n + 3) % size}` },
          )
        : node('say', { prompt: [{ say: `Announcement ${n}, {{ call.from }}.` }] }, { done: next });
    states[`n${n}`] = { ...card, meta: at(n) };
  }
  return scenario(`drawing-${size}`, states);
}
