import { describe, expect, it } from 'vitest';
import { frontDesk, useDrawing, wiresOf, type StoredNode } from '../support/drawing.js';

const drawing = useDrawing();
const idOf = (keys: Iterable<string>, known: readonly string[]) => [...keys].filter((id) => !known.includes(id));
const KNOWN = Object.keys(frontDesk('x').states);

describe('the palette', () => {
  it('is searched, and a node type is dropped on a wire: it goes in between', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await page.getByLabel('Search nodes').fill('lo');
    const wire = await page.locator('.react-flow__edge[data-id="answer:answered"] path').first().boundingBox();
    const canvas = await page.getByTestId('canvas').boundingBox();
    await page.getByTestId('palette-log').dragTo(page.getByTestId('canvas'), {
      targetPosition: { x: wire!.x + wire!.width / 2 - canvas!.x, y: wire!.y + wire!.height / 2 - canvas!.y },
    });
    await drawing.designer.node('log').waitFor();
    const document = await drawing.stored(scenario);
    expect(wiresOf(document, 'answer')).toEqual({ answered: 'log' });
    expect(wiresOf(document, 'log')).toEqual({ done: 'menu' });
  });
});

describe('with the mouse', () => {
  it('a tap on an open outcome asks what comes after it', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await page.getByTestId('handle-menu-no-match').click();
    await drawing.dialog(/What comes after “no-match”/).waitFor();
    await page.keyboard.type('say');
    await page.keyboard.press('Enter');
    await page.getByLabel('Outcome no-match of menu, leads to say').waitFor();
    expect(wiresOf(await drawing.stored(scenario), 'menu')).toMatchObject({ 'no-match': 'say' });
  });

  it('a double click adds at the pointer, and the new node is selected', async () => {
    const scenario = await drawing.open();
    await drawing.page.getByTestId('canvas').dblclick({ position: { x: 300, y: 620 } });
    await drawing.page.keyboard.type('wait');
    await drawing.page
      .getByRole('option', { name: /^Wait Waits|^Wait\b/ })
      .first()
      .click();
    const [added] = idOf(Object.keys((await drawing.stored(scenario)).states), KNOWN);
    await drawing.designer.inspector.getByLabel('Node id').waitFor();
    expect(await drawing.designer.inspector.getByLabel('Node id').inputValue()).toBe(added);
  });

  it('a wire that is selected takes a node in, or goes', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await page.locator('.react-flow__edge[data-id="menu:support"] path').last().click({ force: true });
    await page.getByRole('button', { name: 'Delete the wire support' }).click();
    await page.getByLabel('Outcome support of menu, not wired').waitFor();
    expect(wiresOf(await drawing.stored(scenario), 'menu')).not.toHaveProperty('support');
    await drawing.press('Control+z');
    await page.getByLabel('Outcome support of menu, leads to support').waitFor();
  });

  it('a frame selects what it touches, and the bar aligns it', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    const [sales, support] = [
      await drawing.designer.node('sales').boundingBox(),
      await drawing.designer.node('support').boundingBox(),
    ];
    await page.keyboard.down('Shift');
    await page.mouse.move(sales!.x - 30, sales!.y - 20);
    await page.mouse.down();
    await page.mouse.move(support!.x + 40, support!.y + 40, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('heading', { name: '2 nodes' }).waitFor();
    await drawing.press('Alt+ArrowRight');
    await page
      .getByRole('toolbar', { name: 'Selection' })
      .getByRole('button', { name: 'Align and distribute' })
      .click();
    await page.getByRole('menuitem', { name: 'Align left' }).click();
    const { states } = await drawing.stored(scenario);
    expect(states['sales']!.meta?.canvas).toEqual({ x: 740, y: 0 });
    expect(states['support']!.meta?.canvas?.x).toBe(740);
  });
});

describe('with the keyboard alone', () => {
  it('builds, wires and goes about', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await page.getByTestId('canvas').click({ position: { x: 20, y: 20 } });
    // To the start, along the first wire, and on to where its first outcome leads.
    for (const keys of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await drawing.press(keys);
    await page.locator('.react-flow__node[data-id="sales"]:focus').waitFor();
    // What comes next, by Tab.
    await drawing.press('Tab');
    await drawing.dialog(/What comes after “returned”/).waitFor();
    await page.keyboard.type('hang up');
    await drawing.press('Enter');
    await page.locator('.react-flow__node[data-id="hang_up"]:focus').waitFor();
    // Back against the wire, and another outcome to a node that is there.
    await drawing.press('ArrowLeft');
    await page.locator('.react-flow__node[data-id="sales"]:focus').waitFor();
    await drawing.press('w');
    await page.keyboard.type('busy');
    await drawing.press('Enter');
    await drawing.dialog(/What comes after “busy”/).waitFor();
    await page.keyboard.type('support');
    await drawing.press('Enter');
    await page.getByLabel('Outcome busy of sales, leads to support').waitFor();
    const document = await drawing.stored(scenario);
    expect(wiresOf(document, 'sales')).toEqual({ returned: 'hang_up', busy: 'support' });
    // Enter opens the settings.
    await drawing.press('Enter');
    await page.locator('[data-inspector-first]:focus').waitFor();
  });

  it('tells its keys', async () => {
    await drawing.open();
    await drawing.press('?');
    const list = drawing.dialog('Keyboard shortcuts');
    await list.getByText('Find a text anywhere in the scenario').waitFor();
    await drawing.press('Escape');
    await list.waitFor({ state: 'detached' });
  });
});

describe('undo', () => {
  it('takes back everything, also after a reload', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await drawing.designer.select('bye');
    await drawing.press('Escape');
    await drawing.designer.node('bye').click();
    await drawing.press('Delete');
    await drawing.designer.node('bye').waitFor({ state: 'detached' });
    await drawing.designer.node('menu').click({ position: { x: 60, y: 20 } });
    await drawing.press('l');
    expect((await drawing.stored(scenario)).states).not.toHaveProperty('bye');
    await page.reload();
    await drawing.designer.node('menu').waitFor();
    await drawing.press('Control+z');
    await drawing.press('Control+z');
    await drawing.designer.node('bye').waitFor();
    const { states } = await drawing.stored(scenario);
    expect(states).toEqual(scenario.document.states);
    await drawing.press('Control+Shift+z');
    await drawing.designer.node('bye').waitFor({ state: 'detached' });
  });
});

describe('arranging', () => {
  it('puts a pile of nodes in the order of the calls', async () => {
    const scenario = await drawing.open((id) => ({
      ...frontDesk(id),
      states: Object.fromEntries(
        Object.entries(frontDesk(id).states).map(([key, state]) => {
          const { invoke } = state as StoredNode;
          return [key, { invoke }];
        }),
      ),
    }));
    const { states } = await drawing.stored(scenario);
    const x = (id: string) => states[id]!.meta!.canvas!.x;
    expect(x('menu') - x('answer')).toBeGreaterThan(236);
    expect(x('sales') - x('menu')).toBeGreaterThan(236);
    expect(x('bye') - x('support')).toBeGreaterThan(236);
  });
});

it('never made the page complain', () => expect(drawing.window.complaints).toEqual([]));
