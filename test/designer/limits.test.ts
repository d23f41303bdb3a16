import { expect, it } from 'vitest';
import { useDrawing } from '../support/drawing.js';

const drawing = useDrawing();
const limits = () => drawing.api.get<Record<string, unknown>>('/limits');

it('a scenario and a trunk have limits of their own', async () => {
  const { page, api } = drawing;
  const scenario = await drawing.open();
  await page.getByRole('button', { name: 'Limits of outbound calls…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Outbound calls at the same time').fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await limits())['scenarios']).toEqual([{ scenarioId: scenario.id, concurrentCalls: 3 }]);

  const trunk = await api.post<{ id: string }>('/trunks', { name: 'carrier', host: 'sip.example.org' });
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'Actions for carrier' }).click();
  await page.getByRole('menuitem', { name: 'Limits…' }).click();
  await dialog.getByLabel('New outbound calls a second').fill('2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await limits()).toMatchObject({
    scenarios: [{ scenarioId: scenario.id, concurrentCalls: 3 }],
    trunks: [{ trunkId: trunk.id, callsPerSecond: 2 }],
  });

  // What is left empty is no limit, and what another holds stays.
  await page.getByRole('button', { name: 'Actions for carrier' }).click();
  await page.getByRole('menuitem', { name: 'Limits…' }).click();
  await dialog.getByLabel('New outbound calls a second').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await limits()).toMatchObject({ scenarios: [{ concurrentCalls: 3 }], trunks: [] });
});
