import { describe, expect, it } from 'vitest';
import { useDrawing } from '../support/drawing.js';

const drawing = useDrawing();
const nodeId = () => drawing.designer.inspector.getByLabel('Node id').inputValue();

describe('finding', () => {
  it('goes through the places that hold a text', async () => {
    await drawing.open();
    const { page } = drawing;
    await drawing.press('Control+f');
    const panel = drawing.dialog('Find in this scenario');
    await panel.getByRole('textbox').fill('press');
    await panel.getByText('2 places').waitFor();
    await drawing.press('Enter');
    await panel.getByText('1 of 2').waitFor();
    await drawing.designer.inspector.waitFor();
    expect(await nodeId()).toBe('menu');
    await drawing.press('Enter');
    await panel.getByText('2 of 2').waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>(
          '[data-testid="inspector"] input.mono, [data-testid="inspector"] .mono',
        )?.value === 'support',
    );
    await drawing.press('Shift+Enter');
    await panel.getByText('1 of 2').waitFor();
    await drawing.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.locator('.react-flow__node[data-id="menu"]:focus').waitFor();
  });

  it('finds by what is not to be seen on the canvas, and says when there is nothing', async () => {
    await drawing.open();
    await drawing.press('Control+f');
    const panel = drawing.dialog('Find in this scenario');
    await panel.getByRole('textbox').fill('tries');
    await panel.getByText('1 place').waitFor();
    await panel.getByRole('textbox').fill('xyzzy');
    await panel.getByText('Nothing in this scenario holds “xyzzy”.').waitFor();
  });

  it('jumps to a node by a few letters', async () => {
    await drawing.open();
    await drawing.press('Control+p');
    await drawing.dialog('Go to a node').waitFor();
    await drawing.page.keyboard.type('supp');
    await drawing.press('Enter');
    await drawing.page.locator('.react-flow__node[data-id="support"]:focus').waitFor();
    expect(await nodeId()).toBe('support');
  });
});

it('never made the page complain', () => expect(drawing.window.complaints).toEqual([]));
