import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Locator } from 'playwright-core';
import type { Api } from './api.js';
import { BrowserWindow, RESULTS, type WindowOptions } from './browser.js';
import type { Scenario, ScenarioDocument } from './contract.js';
import { Designer } from './designer.js';
import { ADMIN, Product } from './product.js';

/** A document with everything that a test of the editor needs to see: `answer → menu → (sales | support | bye)`. */
export const frontDesk = (id: string): ScenarioDocument => ({
  id,
  meta: { format: 1, name: 'Front desk', variables: { tries: 0 } },
  initial: 'answer',
  states: {
    answer: node('answer', {}, { answered: 'menu' }, [0, 160]),
    menu: node(
      'menu',
      { prompt: [{ say: 'For sales press 1, for support press 2.' }], keys: { '1': 'sales', '2': 'support' } },
      { sales: 'sales', support: 'support', 'no-input': 'bye' },
      [340, 100],
    ),
    sales: node('transfer', { to: 'phone:sales' }, {}, [720, 0]),
    support: node('say', { prompt: [{ say: 'You pressed {{ steps.menu.digits }}.' }] }, { done: 'bye' }, [720, 220]),
    bye: node('hang-up', {}, {}, [1060, 300]),
  },
});

export const node = (
  src: string,
  input: object,
  wires: Readonly<Record<string, string>> = {},
  [x, y]: readonly [number, number] = [0, 0],
) => ({
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

/** The designer in a real browser, with a product of its own behind it. */
export class Drawing {
  product!: Product;
  api!: Api;
  window!: BrowserWindow;
  designer!: Designer;
  private count = 0;

  get page() {
    return this.window.page;
  }

  /** Stores a document (every test has its own) and opens it in the editor. */
  async open(make: (id: string) => ScenarioDocument = frontDesk): Promise<Scenario> {
    const document = make(`drawing-${++this.count}`);
    const scenario = await this.api.post<Scenario>('/scenarios', { name: document.meta.name, document });
    await this.goTo(scenario);
    return scenario;
  }

  async goTo({ id, document }: Scenario): Promise<void> {
    await this.page.goto(`/scenarios/${id}`);
    await this.designer.node(document.initial).waitFor();
    // The view is settled once it has been fitted.
    await this.page.locator('.react-flow__viewport').waitFor();
  }

  /** The document as the server has it, once everything is saved. */
  async stored(scenario: Scenario): Promise<ScenarioDocument & { states: Record<string, StoredNode> }> {
    // The mark of the page says “Saved” of what was before, until it is drawn again.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.keyboard.press('Control+s');
    await this.designer.saved();
    return (await this.api.get<Scenario>(`/scenarios/${scenario.id}`)).document as never;
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }
}

export interface StoredNode {
  readonly meta?: { readonly canvas?: { readonly x: number; readonly y: number }; readonly label?: string };
  readonly invoke: {
    readonly src: string;
    readonly input: Record<string, unknown>;
    readonly onDone: readonly StoredWire[];
  };
}
interface StoredWire {
  readonly guard: { readonly params: { readonly is: string } };
  readonly target: string;
}

export const wiresOf = (document: { readonly states: Record<string, unknown> }, id: string): Record<string, string> =>
  Object.fromEntries(
    (document.states[id] as StoredNode).invoke.onDone.map(({ guard, target }) => [guard.params.is, target]),
  );

/** To be called at the top of a test file. */
export function useDrawing(options: WindowOptions = {}): Drawing {
  const drawing = new Drawing();
  beforeAll(async () => {
    drawing.product = await Product.start();
    drawing.api = await drawing.product.admin();
    drawing.window = await BrowserWindow.open(drawing.product.url, options);
    drawing.designer = new Designer(drawing.window.page);
    await drawing.designer.logIn(ADMIN);
    drawing.window.forgetLogIn();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await drawing.window.picture(`failed: ${task.name}`, RESULTS);
  });
  afterAll(async () => {
    await drawing.window?.close();
    await drawing.product?.stop();
  });
  return drawing;
}
