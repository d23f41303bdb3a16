import { describe, expect, it } from 'vitest';
import { accessibilityProblems, inScheme } from '../support/axe.js';
import { speech, wavOf } from '../support/audio.js';
import type { ScenarioDocument } from '../support/contract.js';
import { node, useDrawing } from '../support/drawing.js';

/* Each kind of setting has a control that fits it, and what is written with it is what the document says. */
const drawing = useDrawing({ permissions: ['microphone'] });

const shop = (id: string): ScenarioDocument => ({
  id,
  meta: { format: 1, name: 'Shop', variables: { tries: 2 } },
  initial: 'answer',
  states: {
    answer: node('answer', {}, { answered: 'menu' }),
    menu: node(
      'menu',
      { prompt: [{ say: 'You call from {{ call.from }}.' }, { say: 'Press 1.' }], keys: { '1': 'sales' } },
      { sales: 'ask' },
      [340, 0],
    ),
    ask: node('http-request', { url: 'https://shop.example/' }, { ok: 'check' }, [680, 0]),
    check: node('branch', { cases: [{ when: 'true', outcome: 'many' }] }, { many: 'ann' }, [1020, 0]),
    ann: node('transfer', { to: 'phone:ann' }, {}, [680, 400]),
    hours: node('business-hours', { schedule: { timeZone: 'UTC', weekly: {} } }, {}, [340, 400]),
  },
});

/** Opens the document of this file, with a node selected. */
async function at(id: string) {
  const scenario = await drawing.open(shop);
  await drawing.designer.select(id);
  const input = async () => (await drawing.stored(scenario)).states[id]!.invoke.input;
  return { input, form: drawing.designer.inspector, page: drawing.page };
}

describe('a prompt', () => {
  it('is put in another order by hand, and by keys', async () => {
    const { input, form, page } = await at('menu');
    await form.getByRole('button', { name: 'Move part 2 of Prompt' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.getByText(/Draggable item .* was moved over droppable area/).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect
      .poll(async () => (await input())['prompt'])
      .toEqual([{ say: 'Press 1.' }, { say: 'You call from {{ call.from }}.' }]);
  });

  it('is heard in the page, as a caller would', async () => {
    const { form, page } = await at('menu');
    const preview = page.waitForRequest('**/api/speech/preview');
    await form.getByRole('button', { name: 'Hear it: Prompt' }).click();
    expect((await preview).postDataJSON()).toEqual({
      prompt: [{ say: 'You call from +4930123456.' }, { say: 'Press 1.' }],
    });
    const stop = form.getByRole('button', { name: 'Stop: Prompt' });
    await form.locator('button[data-state=playing]').waitFor();
    await stop.click();
    await form.getByRole('button', { name: 'Hear it: Prompt' }).waitFor();
  });

  it('takes a recording that is uploaded where it is used', async () => {
    const { input, form, page } = await at('menu');
    await form.getByRole('button', { name: 'Add a part: Prompt' }).click();
    await page.getByRole('menuitem', { name: 'Play a recording' }).click();
    const chooser = page.waitForEvent('filechooser');
    await form.getByRole('button', { name: 'Upload a recording' }).click();
    await (
      await chooser
    ).setFiles({ name: 'jingle.wav', mimeType: 'audio/wav', buffer: Buffer.from(wavOf(speech(1, 7))) });
    await form.getByRole('button', { name: 'Hear the recording' }).waitFor();
    expect((await input())['prompt']).toContainEqual({ play: 'jingle' });
  });

  it('takes what is said into the microphone', async () => {
    const { input, form, page } = await at('menu');
    await form.getByRole('button', { name: 'Add a part: Prompt' }).click();
    await page.getByRole('menuitem', { name: 'Play a recording' }).click();
    await form.getByRole('button', { name: 'Record with the microphone' }).click();
    const dialog = drawing.dialog('Record with the microphone');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await dialog.getByText('Recording, 1 s').waitFor();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByLabel('What was recorded').waitFor();
    await dialog.getByLabel('Name').fill('my-welcome');
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await form.getByRole('button', { name: 'Hear the recording' }).waitFor();
    expect((await input())['prompt']).toContainEqual({ play: 'my-welcome' });
    const { items } = await drawing.api.get<{ items: { name: string; durationMs: number }[] }>('/media');
    const durationMs = items.find(({ name }) => name === 'my-welcome')?.durationMs;
    expect(durationMs).toBeGreaterThan(500);
  });
});

describe('a keypad', () => {
  it('gives a key its outcome, which can be wired at once', async () => {
    const { input, form } = await at('menu');
    await form.getByRole('button', { name: '2', exact: true }).click();
    await form.getByLabel('Outcome of key 2').fill('support');
    await form.getByLabel('Outcome support leads to').waitFor();
    expect((await input())['keys']).toEqual({ '1': 'sales', '2': 'support' });
    await form.getByRole('button', { name: '1 sales' }).click();
    await form.getByRole('button', { name: 'Remove key 1' }).click();
    expect((await input())['keys']).toEqual({ '2': 'support' });
  });

  it('says at the key what is wrong with its outcome', async () => {
    const { form } = await at('menu');
    await form.getByRole('button', { name: '1 sales' }).click();
    await form.getByLabel('Outcome of key 1').fill('failed');
    await form.getByText('"failed" is an outcome of its own; choose another name.').waitFor();
  });
});

describe('an expression', () => {
  it('is completed step by step, and shows what it comes to', async () => {
    const { input, form, page } = await at('check');
    const field = form.getByRole('textbox', { name: 'Condition' });
    await field.fill('');
    await field.pressSequentially('st');
    await page.keyboard.press('Enter');
    // The nodes that have run by then come first.
    await page.getByRole('option', { name: /^steps\.menu\./ }).waitFor();
    await field.pressSequentially('as');
    await page.keyboard.press('Tab');
    await page.getByRole('option', { name: /steps\.ask\.status/ }).waitFor();
    await field.pressSequentially('sta');
    await page.keyboard.press('Enter');
    await field.pressSequentially(' = 200');
    await form.getByText('true', { exact: true }).waitFor();
    expect((await input())['cases']).toEqual([{ when: 'steps.ask.status = 200', outcome: 'many' }]);
  });

  it('is told what is wrong with it where it stands', async () => {
    const { form } = await at('check');
    await form.getByRole('textbox', { name: 'Condition' }).fill('vars.tries == 2');
    await form.getByText('Write = for "is equal".').waitFor();
    expect(await form.getByRole('textbox', { name: 'Condition' }).getAttribute('aria-invalid')).toBe('true');
  });

  it('is tried on the last call, when there was one', async () => {
    const { form, page } = await at('check');
    await form.getByRole('textbox', { name: 'Condition' }).fill('call.from');
    await form.getByText('“+4930123456”').waitFor();
    await page.getByText('example', { exact: true }).waitFor();
  });
});

describe('a destination', () => {
  it('that is a number becomes E.164 when it is left, with its country', async () => {
    const { input, form } = await at('ann');
    await form.getByLabel(/^To\b/).fill('0049 30 / 12 34 56');
    await form.getByText('+49 30 123456, Germany').waitFor();
    await drawing.press('Tab');
    expect((await input())['to']).toBe('+4930123456');
  });
});

describe('a secret', () => {
  it('is stored without leaving the drawing', async () => {
    const { input, form } = await at('ask');
    await form.getByRole('button', { name: 'Store a new secret' }).click();
    const dialog = drawing.dialog('Store a new secret');
    await dialog.getByLabel('Name').fill('shop-token');
    await dialog.getByLabel('Value').fill('s3cret');
    await dialog.getByRole('button', { name: 'Store it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await input())['secret']).toBe('shop-token');
  });
});

describe('a schedule', () => {
  it('has its holidays in a calendar', async () => {
    const { input, form, page } = await at('hours');
    await page.clock.setFixedTime('2026-12-01T10:00:00Z');
    await page.reload();
    await drawing.designer.select('hours');
    await form
      .getByRole('button', { name: '25 December 2026' })
      .or(form.getByRole('button', { name: 'December 25, 2026' }))
      .click();
    await form.getByLabel(/^Name of the holiday/).fill('Christmas');
    await form.getByLabel('every year').check();
    await form.getByRole('button', { name: 'Add hours on Monday' }).click();
    expect((await input())['schedule']).toEqual({
      timeZone: 'UTC',
      weekly: { mon: [['09:00', '17:00']] },
      holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: true }],
    });
    await page.getByTestId('node-hours').getByText('Mon 09:00–17:00').waitFor();
  });
});

describe('the form', () => {
  it('has the manual page of the node beside it', async () => {
    const { form, page } = await at('menu');
    await form.getByRole('button', { name: 'Manual page' }).click();
    const manual = page.getByRole('region', { name: 'Manual: Menu' });
    await manual.getByRole('heading', { name: 'When to use it' }).waitFor();
    await drawing.designer.select('answer');
    await page
      .getByRole('region', { name: 'Manual: Answer' })
      .getByRole('heading', { name: 'When to use it' })
      .waitFor();
  });

  it('stays within reach while the scenario is tried', async () => {
    const { page } = await at('menu');
    await page.getByTestId('try-button').click();
    await page.getByTestId('try-panel').waitFor();
    await page.getByText('Settings', { exact: true }).click();
    await drawing.designer.inspector.getByLabel('Label').waitFor();
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.getByTestId('try-panel').waitFor();
    expect(await drawing.designer.inspector.isVisible()).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it.each(['menu', 'ask', 'check', 'ann', 'hours'])('of %s is open to everybody', async (id) => {
    const { page } = await at(id);
    await drawing.designer.showAllSettings();
    for (const scheme of ['light', 'dark'] as const) {
      await inScheme(page, scheme);
      expect(await accessibilityProblems(page, 'aside[aria-label=Inspector]')).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('is a sheet on a telephone, and can be put away', async () => {
    await drawing.page.setViewportSize({ width: 360, height: 740 });
    const { page } = await at('menu');
    const sheet = page.getByRole('complementary', { name: 'Inspector' });
    const box = await sheet.boundingBox();
    expect(box!.width).toBe(360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await sheet.getByRole('button', { name: 'Close the settings' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await drawing.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('leaves nothing on the console of the browser', () => {
    expect(drawing.window.complaints).toEqual([]);
  });
});
