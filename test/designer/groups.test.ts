import { describe, expect, it } from 'vitest';
import { useDrawing, wiresOf } from '../support/drawing.js';

const drawing = useDrawing();
const meta = async (scenario: Parameters<typeof drawing.stored>[0]) =>
  (await drawing.stored(scenario)).meta as unknown as {
    notes?: Record<string, { text: string; x: number; color: string }>;
    groups?: Record<string, { title: string; nodes: string[]; color: string }>;
  };

async function selectTwo() {
  await drawing.designer.node('sales').click({ position: { x: 60, y: 20 } });
  await drawing.designer.node('support').click({ modifiers: ['Shift'], position: { x: 60, y: 20 } });
  await drawing.page.getByRole('heading', { name: '2 nodes' }).waitFor();
}

describe('a note', () => {
  it('is written, painted, dragged and deleted', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await page.getByTestId('canvas').hover({ position: { x: 300, y: 620 } });
    await drawing.press('n');
    await page.getByLabel('Text of the note').fill('Ask Ann before this goes live.');
    await drawing.press('Escape');
    await page.getByRole('button', { name: 'Colour' }).click();
    await page.getByRole('menuitem', { name: 'Violet' }).click();
    const before = (await meta(scenario)).notes!['note']!;
    expect(before).toMatchObject({ text: 'Ask Ann before this goes live.', color: 'violet' });
    const box = await page.getByTestId('note-note').boundingBox();
    await page.mouse.move(box!.x + 20, box!.y + box!.height - 8);
    await page.mouse.down();
    await page.mouse.move(box!.x + 140, box!.y + box!.height - 8, { steps: 6 });
    await page.mouse.up();
    expect((await meta(scenario)).notes!['note']!.x).toBeGreaterThan(before.x);
    await drawing.press('Delete');
    await page.getByTestId('note-note').waitFor({ state: 'detached' });
    expect((await meta(scenario)).notes).toBeUndefined();
    await drawing.press('Control+z');
    await page.getByTestId('note-note').waitFor();
  });
});

describe('a group', () => {
  it('has a name, takes its nodes along, and goes', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await selectTwo();
    await drawing.press('g');
    await page.getByLabel('Name of the group').fill('People');
    await page.getByLabel('Name of the group').press('Enter');
    expect((await meta(scenario)).groups).toEqual({
      group: { title: 'People', color: 'blue', nodes: ['sales', 'support'] },
    });
    await drawing.press('Escape');
    await page.getByTestId('group-group').getByText('People').waitFor();
    const before = (await drawing.stored(scenario)).states;
    const frame = await page.getByTestId('group-group').boundingBox();
    await page.mouse.move(frame!.x + 12, frame!.y + frame!.height - 12);
    await page.mouse.down();
    await page.mouse.move(frame!.x + 12, frame!.y + frame!.height + 68, { steps: 8 });
    await page.mouse.up();
    const after = (await drawing.stored(scenario)).states;
    const moved = (id: string) => after[id]!.meta!.canvas!.y - before[id]!.meta!.canvas!.y;
    expect(moved('sales')).toBeGreaterThan(0);
    expect(moved('support')).toBe(moved('sales'));
    expect(moved('menu')).toBe(0);
    await drawing.press('Shift+G');
    await page.getByTestId('group-group').waitFor({ state: 'detached' });
    expect((await meta(scenario)).groups).toBeUndefined();
  });
});

describe('a part of the drawing', () => {
  it('becomes a scenario of its own that calls can run, and its nodes come back', async () => {
    const scenario = await drawing.open();
    const { page } = drawing;
    await drawing.designer.node('menu').click({ position: { x: 60, y: 20 } });
    await drawing.designer.node('sales').click({ modifiers: ['Shift'], position: { x: 60, y: 20 } });
    await page.getByRole('button', { name: 'Make a subflow…' }).click();
    const dialog = drawing.dialog('Make a subflow of 2 nodes');
    await dialog.getByLabel('Name').fill('Main choice');
    await dialog.getByText('Its outcomes are support, bye.').waitFor();
    await dialog.getByRole('button', { name: 'Make the subflow' }).click();
    await page.getByText('“Main choice” is a scenario of its own now').waitFor();
    const document = await drawing.stored(scenario);
    expect(Object.keys(document.states)).toEqual(['answer', 'support', 'bye', 'main_choice']);
    expect(wiresOf(document, 'main_choice')).toEqual({ support: 'support', bye: 'bye' });
    expect(document.states['support']!.invoke.input).toEqual({
      prompt: [{ say: 'You pressed {{ steps.main_choice.menu.digits }}.' }],
    });
    const { items } = await drawing.api.get<{ items: { name: string; latestVersion: number }[] }>('/scenarios');
    expect(items.find(({ name }) => name === 'Main choice')?.latestVersion).toBe(1);
    const { findings } = await drawing.api.post<{ findings: { severity: string }[] }>(
      `/scenarios/${scenario.id}/validate`,
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);

    await drawing.designer.node('main_choice').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Put its nodes here' }).click();
    await drawing.designer.node('menu').waitFor();
    const back = await drawing.stored(scenario);
    expect(wiresOf(back, 'answer')).toEqual({ answered: 'menu' });
    expect(wiresOf(back, 'menu')).toMatchObject({ sales: 'sales', support: 'support', 'no-input': 'bye' });
    // Undo, twice, gives the drawing as it was.
    await drawing.press('Control+z');
    await drawing.press('Control+z');
    await drawing.designer.node('sales').waitFor();
    expect((await drawing.stored(scenario)).states).toEqual(scenario.document.states);
    // What the undone step had made is not forgotten in the list.
    await page
      .getByRole('alert')
      .filter({ hasText: 'is still a scenario of its own' })
      .getByRole('button', { name: 'Delete it' })
      .click();
    await page.getByText('is still a scenario of its own').waitFor({ state: 'hidden' });
    await expect
      .poll(async () =>
        (await drawing.api.get<{ items: { name: string }[] }>('/scenarios')).items.map(({ name }) => name),
      )
      .not.toContain('Main choice');
  });

  it('that cannot be one is told why', async () => {
    await drawing.open();
    await drawing.designer.node('support').click({ position: { x: 60, y: 20 } });
    await drawing.designer.node('bye').click({ modifiers: ['Shift'] });
    await drawing.page.getByRole('button', { name: 'Make a subflow…' }).click();
    await drawing
      .dialog(/Make a subflow/)
      .getByText(/Calls come into this part at support, bye/)
      .waitFor();
  });
});

it('never made the page complain', () => expect(drawing.window.complaints).toEqual([]));
