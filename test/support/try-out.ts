import type { BrowserWindow } from './browser.js';
import { Designer } from './designer.js';
import { ADMIN, type Product } from './product.js';

type State = Record<string, unknown>;

/** A node of a scenario document. */
const node = (src: string, input: object = {}, wires: Readonly<Record<string, string>> = {}, x = 0, y = 0): State => ({
  meta: { canvas: { x, y } },
  invoke: {
    src,
    input,
    onDone: Object.entries(wires).map(([is, target]) => ({
      guard: { type: 'outcome', params: { is } },
      target,
      reenter: true,
    })),
  },
});

const say = (text: string) => ({ prompt: [{ say: text }] });

/** A shop: hours, a menu, a web service, a colleague, and something to do after the call. */
export const shop = (id: string): Record<string, unknown> => ({
  id,
  meta: { format: 1, name: 'Shop', variables: { orders: 0 } },
  initial: 'hours',
  on: { 'call.ended': '.note' },
  states: {
    hours: node(
      'business-hours',
      { schedule: { timeZone: 'UTC', weekly: everyDay } },
      { open: 'answer', closed: 'pick_up' },
      0,
      0,
    ),
    answer: node('answer', {}, { answered: 'menu' }, 300, 0),
    pick_up: node('answer', {}, { answered: 'closed' }, 300, 220),
    closed: node('say', say('We are closed.'), { done: 'bye' }, 600, 440),
    menu: node(
      'menu',
      { ...say('For sales press 1, for anything else press 2.'), keys: { '1': 'sales', '2': 'other' }, attempts: 2 },
      { sales: 'orders', other: 'bye', 'no-input': 'bye' },
      600,
      0,
    ),
    orders: node('http-request', { url: 'https://shop.example/orders' }, { ok: 'count', 'http-error': 'bye' }, 900, 0),
    count: node('set-variables', { assign: { orders: '{{ steps.orders.body.open }}' } }, { done: 'tell' }, 1200, 0),
    tell: node('say', say('You have {{ vars.orders }} orders.'), { done: 'ann' }, 1500, 0),
    ann: node('transfer', { to: 'phone:ann' }, { busy: 'bye', 'no-answer': 'bye' }, 1800, 0),
    bye: node('say', say('Goodbye.'), { done: 'stop' }, 1200, 440),
    stop: node('hang-up', {}, {}, 1500, 440),
    note: node('log', { message: 'the caller left' }, {}, 0, 440),
  },
});

const everyDay = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '23:00']]]),
);

/** Stores a scenario, opens it in the editor, and opens the phone of the page beside it. Gives the id of the scenario. */
export async function openTryOut(product: Product, window: BrowserWindow, document: object): Promise<string> {
  const api = await product.admin();
  const { id } = await api.post<{ id: string }>('/scenarios', { name: 'Shop', document });
  const { page } = window;
  await new Designer(page).logIn(ADMIN);
  window.forgetLogIn();
  await page.goto(`/scenarios/${id}`);
  await page.getByTestId('try-button').click();
  await page.getByTestId('try-panel').waitFor();
  return id;
}
