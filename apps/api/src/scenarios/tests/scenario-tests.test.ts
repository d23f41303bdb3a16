import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/documents.js';
import { TestServer } from '../../testing/test-server.js';
import type { Visitor } from '../../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenario: string;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  scenario = (await admin.post('/api/scenarios', { name: 'front', document: frontDesk('front') })).body.id;
});
afterAll(() => server.stop());

const test = (name: string) => ({
  name,
  now: '2026-03-02T10:00:00Z',
  params: { vip: true },
  steps: [
    { hear: 'press 1' },
    { press: '1' },
    { answer: { node: 'sales', outcome: 'busy' } },
    { expect: { ended: true } },
  ],
});

describe('the tests of a scenario', () => {
  it('are kept as a test file holds them', async () => {
    const made = await admin.post(`/api/scenarios/${scenario}/tests`, test('one'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ scenarioId: scenario, test: test('one') });
    const changed = { ...test('one'), name: 'one, renamed', steps: [{ hangUp: true }] };
    const put = await admin.put(`/api/scenarios/${scenario}/tests/${made.body.id}`, changed);
    expect([put.status, put.body.test]).toEqual([200, changed]);
    const { items } = (await admin.get(`/api/scenarios/${scenario}/tests`)).body;
    expect(items.map((item: { test: unknown }) => item.test)).toEqual([changed]);
    expect((await admin.delete(`/api/scenarios/${scenario}/tests/${made.body.id}`)).status).toBe(204);
    expect((await admin.get(`/api/scenarios/${scenario}/tests`)).body.items).toEqual([]);
  });

  it('have names of their own', async () => {
    const { body } = await admin.post(`/api/scenarios/${scenario}/tests`, test('same'));
    const again = await admin.post(`/api/scenarios/${scenario}/tests`, test('same'));
    expect([again.status, again.body.error.code]).toEqual([409, 'scenario.test-taken']);
    await admin.delete(`/api/scenarios/${scenario}/tests/${body.id}`);
  });

  it('that no test file could hold are refused, with where and what', async () => {
    const bad = await admin.post(`/api/scenarios/${scenario}/tests`, { name: 'bad', steps: [{ press: 'xyz' }] });
    expect([bad.status, bad.body.error.code]).toEqual([400, 'input.invalid']);
    expect(bad.body.error.details.fields[0].path).toMatch(/^steps/);
  });

  it('belong to one scenario, and go with it', async () => {
    const other = (await admin.post('/api/scenarios', { name: 'other', document: frontDesk('other') })).body.id;
    const { id } = (await admin.post(`/api/scenarios/${other}/tests`, test('theirs'))).body;
    expect((await admin.put(`/api/scenarios/${scenario}/tests/${id}`, test('ours'))).status).toBe(404);
    expect((await admin.delete(`/api/scenarios/${scenario}/tests/${id}`)).status).toBe(404);
    expect((await admin.get(`/api/scenarios/${scenario}/tests`)).body.items).toEqual([]);
    expect((await admin.delete(`/api/scenarios/${other}`)).status).toBe(204);
    expect((await admin.get(`/api/scenarios/${other}/tests`)).status).toBe(404);
  });
});
