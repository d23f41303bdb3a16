import { describe, expect, it } from 'vitest';
import { useDrawing, wiresOf } from '../support/drawing.js';

const drawing = useDrawing({ permissions: ['clipboard-read', 'clipboard-write'] });
const clipboard = () => drawing.page.evaluate(() => navigator.clipboard.readText());

describe('the system clipboard', () => {
  it('takes nodes with their wires to another scenario', async () => {
    await drawing.open();
    await drawing.designer.select('menu');
    await drawing.designer.node('support').click({ modifiers: ['Shift'] });
    await drawing.press('Control+c');
    expect(JSON.parse(await clipboard())).toMatchObject({ callwright: 'nodes', states: { menu: {}, support: {} } });

    const other = await drawing.open();
    await drawing.page.getByTestId('canvas').click({ position: { x: 20, y: 20 } });
    await drawing.press('Control+v');
    await drawing.designer.node('menu_2').waitFor();
    const document = await drawing.stored(other);
    expect(wiresOf(document, 'menu_2')).toEqual({ support: 'support_2' });
    expect(document.states['support_2']!.invoke.input).toEqual({
      prompt: [{ say: 'You pressed {{ steps.menu_2.digits }}.' }],
    });
  });

  it('takes nodes to another tab', async () => {
    await drawing.open();
    await drawing.designer.select('menu');
    await drawing.press('Control+c');
    const scenario = await drawing.api.post<{ id: string }>('/scenarios', { name: 'Another' });
    const tab = await drawing.page.context().newPage();
    await tab.goto(`/scenarios/${scenario.id}`);
    await tab.getByTestId('node-answer').waitFor();
    await tab.keyboard.press('Control+v');
    await tab.getByTestId('node-menu').waitFor();
    await tab.close();
  });

  it('cuts: what is gone here comes back elsewhere, and by undo', async () => {
    const scenario = await drawing.open();
    await drawing.designer.select('sales');
    await drawing.press('Control+x');
    await drawing.designer.node('sales').waitFor({ state: 'detached' });
    await drawing.press('Control+z');
    await drawing.designer.node('sales').waitFor();
    expect((await drawing.stored(scenario)).states).toEqual(scenario.document.states);
    await drawing.press('Control+v');
    await drawing.designer.node('sales_2').waitFor();
  });

  it('is reached through the menu as well', async () => {
    await drawing.open();
    await drawing.designer.node('sales').click({ button: 'right' });
    await drawing.page.getByRole('menuitem', { name: 'Copy' }).click();
    await drawing.page.getByTestId('canvas').click({ button: 'right', position: { x: 60, y: 60 } });
    await drawing.page.getByRole('menuitem', { name: 'Paste' }).click();
    await drawing.designer.node('sales_2').waitFor();
  });

  it('leaves the text of a field alone', async () => {
    await drawing.open();
    await drawing.designer.select('sales');
    const label = drawing.designer.inspector.getByLabel('Label');
    await label.fill('Ring them');
    await label.press('Control+a');
    await label.press('Control+c');
    expect(await clipboard()).toBe('Ring them');
  });

  it('duplicates without it', async () => {
    await drawing.open();
    await drawing.designer.select('sales');
    await drawing.press('Control+d');
    await drawing.designer.node('sales_2').waitFor();
    expect(await drawing.designer.inspector.getByLabel('Node id').inputValue()).toBe('sales_2');
  });
});

it('never made the page complain', () => expect(drawing.window.complaints).toEqual([]));
