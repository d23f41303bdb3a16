import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Api } from '../support/api.js';
import { bestSecond, likeness, speech, wavOf } from '../support/audio.js';
import { BaresipPhone } from '../support/baresip.js';
import { BrowserWindow, RESULTS } from '../support/browser.js';
import { Designer } from '../support/designer.js';
import { eventually, pause } from '../support/eventually.js';
import { ADMIN, Product } from '../support/product.js';

/*
 * What a person does who follows the README, in a real browser and with real phones: opens the set-up link, draws a menu, publishes it,
 * deploys it to 1000, calls it, presses 2, is connected to a second phone, sees the call move over the drawing, and finds its path
 * and its recording afterwards.
 */
const PROMPT = speech(2.5, 1);
const ALICE_SAYS = speech(30, 2);
const BOB_SAYS = speech(30, 3);

let product: Product;
let window: BrowserWindow;
let designer: Designer;
const phones: BaresipPhone[] = [];

beforeAll(async () => {
  product = await Product.start({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } });
  window = await BrowserWindow.open(product.url);
  designer = new Designer(window.page);
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await window?.close();
  await product?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.picture(`failed: ${task.name}`, RESULTS);
});

/** One after the other: each step stands on the one before. */
describe('the first call, by hand', { concurrent: false }, () => {
  it('begins with the set-up link, which works once', async () => {
    const link = /^Set-up {4}(\S+)$/m.exec(product.output)?.[1];
    expect(link).toMatch(/\/setup#.+/);
    await window.page.goto(link!);
    await window.page.getByLabel('Email').waitFor();
    await window.picture('set-up');
    await designer.setUp(link!, ADMIN);
    const again = await fetch(`${product.url}/api/auth/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link!.split('#')[1], email: 'mallory@example.org', password: 'another password' }),
    });
    expect(again.status).toBeGreaterThanOrEqual(400);
  });

  it('goes on with two phones and a recording', async () => {
    await designer.addPhone('alice', 'alice-secret');
    await designer.addPhone('bob', 'bob-secret');
    await designer.upload('welcome.wav', wavOf(PROMPT));
    const server = product.sipAddress;
    phones.push(
      await BaresipPhone.start({ username: 'alice', password: 'alice-secret', server, says: ALICE_SAYS }),
      await BaresipPhone.start({ username: 'bob', password: 'bob-secret', server, says: BOB_SAYS, answers: true }),
    );
    await window.page.goto('/phones');
    await window.page.getByText('registered', { exact: true }).nth(1).waitFor();
    await window.picture('phones');
  });

  it('is drawn', async () => {
    await designer.newScenario('Front desk');
    await designer.select('answer');
    await designer.addBehind('menu');
    await designer.select('menu');
    const { items } = await (await Api.login(product.url, ADMIN)).get<{ items: { name: string }[] }>('/media');
    await designer.play(items[0]!.name);
    await designer.addKey('1', 'sales');
    await designer.addKey('2', 'support');

    await designer.fit();
    await designer.drop('dial', 560, 620);
    await designer.inspector.getByLabel(/^To\b/).fill('phone:bob');
    await window.page.keyboard.press('Escape');
    await designer.addBehind('connect');
    await designer.select('connect');
    await designer.showAllSettings();
    await designer.inspector.getByRole('switch', { name: /^Record/ }).check({ force: true });
    await designer.addBehind('hang-up');
    await designer.fit();
    await designer.wire('menu', 'support', 'dial');
    await designer.arrange();
    await designer.saved();
    await window.picture('drawn');
  });

  it('is published and deployed', async () => {
    await designer.publishAndDeploy('1000');
  });

  it('is called, and moves over the drawing', async () => {
    const [alice, bob] = phones as [BaresipPhone, BaresipPhone];
    await alice.call('1000');
    await window.page.getByTestId('live-menu').waitFor();
    const api = await Api.login(product.url, ADMIN);
    const [call] = await api.liveCalls();
    await eventually('the prompt was heard', async () =>
      (await api.events(call!.id)).some(({ name }) => name === 'prompt.ended'),
    );
    await alice.press('2');
    await bob.saw('CALL_ESTABLISHED');
    await window.page.getByTestId('live-connect').waitFor();
    await designer.fit();
    await window.picture('live');
    await pause(4_000);
    alice.hangUp();
    await bob.saw('CALL_CLOSED');
    await window.page.getByTestId('live-connect').waitFor({ state: 'detached' });

    const heard = async (phone: BaresipPhone) =>
      eventually('a recording', () => (phone.heard().length > 8_000 ? phone.heard() : null));
    expect(likeness(await heard(alice), PROMPT)).toBeGreaterThan(0.9);
    expect(bestSecond(await heard(alice), BOB_SAYS)).toBeGreaterThan(0.9);
    expect(bestSecond(await heard(bob), ALICE_SAYS)).toBeGreaterThan(0.9);
  });

  it('is found afterwards, with its path and its recording', async () => {
    const { page } = window;
    await page.goto('/calls');
    await page.getByRole('row').filter({ hasText: 'alice' }).getByRole('link').first().click();
    await page.waitForURL('**/calls/*');
    const path = page.getByRole('region', { name: 'Path' });
    for (const node of ['answer', 'menu', 'dial', 'connect']) await path.getByTestId(`node-${node}`).waitFor();
    const recordings = page.getByRole('region', { name: 'Recordings' });
    await recordings.getByRole('button', { name: /^Play / }).waitFor();
    await recordings
      .getByTestId(/^waveform-/)
      .locator('path')
      .waitFor();
    await page.getByRole('region', { name: 'Events' }).getByText('support').first().waitFor();
    await window.picture('history');
  });

  it('is hung up from the page', async () => {
    const [alice] = phones as [BaresipPhone];
    alice.forget();
    await alice.call('1000');
    await window.page.getByRole('link', { name: 'Live', exact: true }).click();
    await window.page.getByRole('button', { name: 'Follow the call from alice' }).click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
    await alice.saw('CALL_CLOSED');
  });

  it('never made the page complain', () => {
    expect(window.complaints).toEqual([]);
  });
});
