import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk } from '../testing/documents.js';
import { Listener } from '../testing/listener.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenario: string;
const windows: Listener[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  scenario = (await admin.post('/api/scenarios', { name: 'desk', document: frontDesk('desk') })).body.id;
  await admin.post('/api/users', { email: 'ben@example.org', role: 'editor', password: 'long enough' });
});
afterEach(() => windows.splice(0).forEach((window) => window.close()));
afterAll(() => server.stop());

const opened = async (visitor: Visitor, selection: string[] = []) => {
  const window = await Listener.connect(server.url, { token: visitor.token });
  windows.push(window);
  const { me } = await window.ask('edit', { scenario, selection });
  return { window, me: String(me) };
};
interface Editor {
  id: string;
  name: string;
  selection: string[];
}
const lastSeen = (window: Listener) =>
  window.heard.findLast(({ name }) => name === 'editors.changed')?.['editors'] as Editor[] | undefined;
const names = (window: Listener) => (lastSeen(window) ?? []).map(({ name }) => name).sort();

describe('the others who have a scenario open', () => {
  it('are told of each other, with what they have selected', async () => {
    const ana = await opened(admin, ['menu']);
    const ben = await opened(await server.login('ben@example.org', 'long enough'));
    await until(() => names(ana.window).length === 2);
    expect(names(ana.window)).toEqual(['admin@example.org', 'ben@example.org']);
    expect(names(ben.window)).toEqual(names(ana.window));
    await ben.window.ask('edit', { scenario, selection: ['answer', 'bye'] });
    await until(() => lastSeen(ana.window)?.find(({ id }) => id === ben.me)?.selection.length === 2);
    expect(lastSeen(ben.window)?.find(({ id }) => id === ana.me)?.selection).toEqual(['menu']);
  });

  it('are gone when their socket is', async () => {
    const ana = await opened(admin);
    const second = await opened(admin);
    await until(() => names(ana.window).length === 2);
    second.window.socket.io.engine.close();
    await until(() => names(ana.window).length === 1);
    expect(lastSeen(ana.window)?.[0]?.id).toBe(ana.me);
  });

  it('are told of every save', async () => {
    const ana = await opened(admin);
    const { headers, body } = await admin.get(`/api/scenarios/${scenario}`);
    const etag = headers.get('etag') ?? '';
    await admin.with({ 'if-match': etag }).put(`/api/scenarios/${scenario}`, { document: body.document });
    await until(() => ana.window.heard.some(({ name }) => name === 'draft.saved'));
    expect(ana.window.heard.find(({ name }) => name === 'draft.saved')).toMatchObject({
      scenarioId: scenario,
      revision: body.revision + 1,
      by: 'admin@example.org',
    });
  });

  it('are told nothing after they left, and never of another workspace', async () => {
    const ana = await opened(admin);
    await ana.window.ask('leave', {});
    const before = ana.window.heard.length;
    await opened(admin);
    expect(ana.window.heard.length).toBe(before);
    await admin.post('/api/workspaces', {
      name: 'Other',
      admin: { email: 'other@example.org', password: 'long enough' },
    });
    const stranger = await server.login('other@example.org', 'long enough');
    const window = await Listener.connect(server.url, { token: stranger.token });
    windows.push(window);
    expect((await window.ask('edit', { scenario })).error.code).toBe('input.not-found');
    expect((await window.ask('edit', { scenario: 5 })).error.code).toBe('input.invalid');
  });
});
