import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a person does in the page, in their words. */
export class Designer {
  constructor(readonly page: Page) {}

  async setUp(link: string, credentials: { email: string; password: string }): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel('Email').fill(credentials.email);
    await this.page.getByLabel('Password').fill(credentials.password);
    await this.page.getByRole('button', { name: 'Create the administrator' }).click();
    await this.page.waitForURL('**/welcome');
  }

  async logIn(credentials: { email: string; password: string }): Promise<void> {
    await this.page.goto('/login');
    await this.page.getByLabel('Email').fill(credentials.email);
    await this.page.getByLabel('Password').fill(credentials.password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
    await this.page.waitForURL('**/scenarios');
  }

  async addPhone(username: string, password: string): Promise<void> {
    await this.page.goto('/phones');
    await this.page.getByRole('button', { name: 'Add a phone' }).click();
    const form = this.page.getByRole('dialog');
    await form.getByLabel('Username').fill(username);
    await form.getByLabel('Password').fill(password);
    await form.getByRole('button', { name: 'Add the phone' }).click();
    await this.page.getByRole('cell', { name: username, exact: true }).first().waitFor();
  }

  async upload(fileName: string, content: Uint8Array): Promise<void> {
    await this.page.goto('/media');
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Upload' }).click();
    await (await chooser).setFiles({ name: fileName, mimeType: 'audio/wav', buffer: Buffer.from(content) });
    await this.page
      .getByRole('cell', { name: fileName.replace(/\.\w+$/, '') })
      .first()
      .waitFor();
  }

  /** A new scenario with nothing but the answer; the canvas is open afterwards. */
  async newScenario(name: string): Promise<void> {
    await this.page.goto('/scenarios');
    await this.page
      .getByRole('button', { name: /^(New|Create|Draw).*scenario/i })
      .first()
      .click();
    const form = this.page.getByRole('dialog');
    await form.getByLabel('Name').fill(name);
    await form.getByRole('radio', { name: /An empty canvas/ }).click();
    await form.getByRole('button', { name: 'Create' }).click();
    await this.node('answer').waitFor();
  }

  node(id: string): Locator {
    return this.page.getByTestId(`node-${id}`);
  }

  async select(id: string): Promise<void> {
    await this.node(id).click({ position: { x: 60, y: 20 } });
    await this.inspector.getByLabel('Node id').waitFor();
  }

  get inspector(): Locator {
    return this.page.getByTestId('inspector');
  }

  /** A click in the palette: the node comes behind the selected one, wired to its first open outcome. */
  async addBehind(type: string): Promise<void> {
    await this.page.getByTestId(`palette-${type}`).click();
  }

  /** Drags a node type from the palette to a place on the canvas. */
  async drop(type: string, x: number, y: number): Promise<void> {
    await this.page
      .getByTestId(`palette-${type}`)
      .dragTo(this.page.getByTestId('canvas'), { targetPosition: { x, y } });
  }

  /** Draws a wire with the mouse. */
  async wire(from: string, outcome: string, to: string): Promise<void> {
    const start = await restingMiddleOf(this.page.getByTestId(`handle-${from}-${outcome}`));
    const end = await restingMiddleOf(this.page.getByLabel(`Into ${to}`, { exact: true }));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 8 });
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    await this.page.mouse.up();
    await this.page.getByLabel(`Outcome ${outcome} of ${from}, leads to ${to}`).waitFor();
  }

  /** Lays the whole drawing out, and brings it into view. */
  async arrange(): Promise<void> {
    const at = () =>
      this.page.locator('.react-flow__node').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('style')));
    const before = JSON.stringify(await at());
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await expect.poll(async () => JSON.stringify(await at()), { timeout: 20_000 }).not.toBe(before);
    await this.fit();
  }

  /** Brings the whole drawing into view. */
  async fit(): Promise<void> {
    await this.page.getByRole('button', { name: /fit view/i }).click();
  }

  /** Adds a recording to the prompt of the selected node. */
  async play(media: string): Promise<void> {
    await this.inspector.getByRole('button', { name: /^Add .*: Prompt$/ }).click();
    await this.page.getByRole('menuitem', { name: 'Play a recording' }).click();
    await this.inspector.getByLabel('Prompt: media that is played').fill(media);
    await this.page.keyboard.press('Escape');
  }

  /** Gives the selected menu a key and the outcome that it leads to. */
  async addKey(key: string, outcome: string): Promise<void> {
    await this.inspector.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: key, exact: true }).click();
    await this.inspector.getByLabel(`Outcome of key ${key}`).fill(outcome);
  }

  /** Unfolds the settings that are seldom touched. */
  async showAllSettings(): Promise<void> {
    const folded = this.inspector.locator('details:not([open])');
    if ((await folded.count()) > 0) await folded.locator('summary').click();
  }

  /** Opens a scenario that is there. */
  async open(scenarioId: string): Promise<void> {
    await this.page.goto(`/scenarios/${scenarioId}`);
    await this.page.locator('.react-flow__node').first().waitFor();
  }

  get name(): Locator {
    return this.page.getByLabel('Scenario name');
  }

  async saveState(text: string | RegExp): Promise<void> {
    await this.page.getByTestId('save-state').getByText(text).waitFor();
  }

  async saved(timeout = 20_000): Promise<void> {
    await this.page.getByTestId('save-state').getByText('Saved', { exact: true }).waitFor({ timeout });
  }

  /** Publishes, and binds a number to the latest version. */
  async publishAndDeploy(number: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByRole('button', { name: 'Deploy to a number' }).click();
    await this.page.getByRole('textbox', { name: 'Number' }).fill(number);
    await this.page.getByRole('button', { name: `Deploy to ${number}` }).click();
    await this.page.getByText(`${number} leads here now.`).waitFor();
  }
}

/** The middle of something that may still be gliding to its place. */
async function restingMiddleOf(locator: Locator): Promise<{ x: number; y: number }> {
  let before = '';
  for (;;) {
    const box = await locator.boundingBox();
    if (!box) throw new Error('Not on the screen');
    if (JSON.stringify(box) === before) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = JSON.stringify(box);
    await locator.page().waitForTimeout(150);
  }
}
