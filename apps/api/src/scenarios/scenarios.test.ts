import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk } from '../testing/documents.js';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
});
afterAll(() => server.stop());

const made = async (id: string) => (await admin.post('/api/scenarios', { name: id, document: frontDesk(id) })).body;

describe('a scenario', () => {
  it('begins with one answer node when no document is given', async () => {
    const reply = await admin.post('/api/scenarios', { name: 'Front desk (Ž) 2' });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('etag')).toBe('"1"');
    expect(reply.body).toMatchObject({ name: 'Front desk (Ž) 2', revision: 1, latestVersion: null });
    expect(
      Object.values(reply.body.document.states as Record<string, { invoke?: { src: string } }>)[0]?.invoke?.src,
    ).toBe('answer');
    expect((await admin.post('/api/scenarios', { name: 'Front desk (Ž) 2' })).body.document.id).not.toBe(
      reply.body.document.id,
    );
  });

  it('has a document id of its own in the workspace', async () => {
    await made('unique-one');
    const again = await admin.post('/api/scenarios', { name: 'again', document: frontDesk('unique-one') });
    expect([again.status, again.body.error.code]).toEqual([409, 'scenario.id-taken']);
  });

  it('is replaced with the ETag that was read, and not with an older one', async () => {
    const { id, document } = await made('etag');
    const put = (ifMatch?: string) =>
      (ifMatch === undefined ? admin : admin.with({ 'if-match': ifMatch })).put(`/api/scenarios/${id}`, {
        name: 'new name',
        document,
      });
    expect((await put()).status).toBe(428);
    expect((await put('"7"')).status).toBe(412);
    const changed = await put('"1"');
    expect([changed.status, changed.headers.get('etag'), changed.body.name]).toEqual([200, '"2"', 'new name']);
    expect((await put('"1"')).body.error.code).toBe('input.precondition-failed');
    expect((await admin.get(`/api/scenarios/${id}`)).headers.get('etag')).toBe('"2"');
  });

  it('is changed by one of two who write at once', async () => {
    const { id, document } = await made('race');
    const writer = admin.with({ 'if-match': '"1"' });
    const replies = await Promise.all(
      [1, 2, 3].map((n) => writer.put(`/api/scenarios/${id}`, { name: `writer ${n}`, document })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412, 412]);
  });

  it('keeps the order of a document’s keys', async () => {
    const { id } = await made('order');
    expect(Object.keys((await admin.get(`/api/scenarios/${id}`)).body.document.states)).toEqual(
      Object.keys(frontDesk('order').states),
    );
  });

  it('is listed without its document', async () => {
    const { items } = (await admin.get('/api/scenarios')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]).not.toHaveProperty('document');
  });

  it.each([
    ['no object', 'text'],
    ['no states', { id: 'x' }],
    ['a list', []],
  ])('is not made of what is no document: %s', async (_, document) => {
    expect((await admin.post('/api/scenarios', { name: 'bad', document })).status).toBe(400);
  });
});

describe('validation', () => {
  it('names the findings of a document and of the draft', async () => {
    const { id, document } = await made('validated');
    expect(
      (await admin.post(`/api/scenarios/${id}/validate`)).body.findings.filter(
        (f: { severity: string }) => f.severity === 'error',
      ),
    ).toEqual([]);
    const broken = {
      ...document,
      states: { ...document.states, menu: { invoke: { src: 'no-such-node', input: {} } } },
    };
    const { findings } = (await admin.post(`/api/scenarios/${id}/validate`, { document: broken })).body;
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'scenario.unknown-node-type', node: 'menu' }),
    );
  });
});

describe('publishing', () => {
  it('makes versions that never change', async () => {
    const { id, document } = await made('published');
    const first = await admin.post(`/api/scenarios/${id}/versions`, { comment: 'first' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ version: 1, comment: 'first', publishedBy: 'admin@example.org', document });
    const edited = { ...document, meta: { ...document.meta, name: 'Edited' } };
    await admin.with({ 'if-match': '"1"' }).put(`/api/scenarios/${id}`, { document: edited });
    expect((await admin.post(`/api/scenarios/${id}/versions`)).body.version).toBe(2);
    expect((await admin.get(`/api/scenarios/${id}/versions/1`)).body.document).toEqual(document);
    expect((await admin.get(`/api/scenarios/${id}`)).body.latestVersion).toBe(2);
    const { items } = (await admin.get(`/api/scenarios/${id}/versions`)).body;
    expect(items.map((item: { version: number }) => item.version)).toEqual([2, 1]);
    for (const version of ['3', '0', '-1', 'latest', '1.0'])
      expect((await admin.get(`/api/scenarios/${id}/versions/${version}`)).status).toBe(404);
  });

  it('is stopped by errors, which are named', async () => {
    const { id, document } = await made('broken');
    const broken = { ...document, initial: 'nowhere' };
    expect((await admin.with({ 'if-match': '"1"' }).put(`/api/scenarios/${id}`, { document: broken })).status).toBe(
      200,
    );
    const reply = await admin.post(`/api/scenarios/${id}/versions`);
    expect([reply.status, reply.body.error.code]).toEqual([409, 'scenario.has-errors']);
    expect(reply.body.error.details.findings[0]).toMatchObject({ severity: 'error', message: expect.any(String) });
  });

  it('counts on when several publish at once', async () => {
    const { id } = await made('many');
    const replies = await Promise.all(Array.from({ length: 5 }, () => admin.post(`/api/scenarios/${id}/versions`)));
    expect(replies.map((reply) => reply.body.version).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('numbers', () => {
  it('are deployed to published scenarios alone', async () => {
    const { id } = await made('deployed');
    const early = await admin.post('/api/numbers', { pattern: '1000', scenarioId: id, version: 'latest' });
    expect([early.status, early.body.error.code]).toEqual([409, 'scenario.not-published']);
    await admin.post(`/api/scenarios/${id}/versions`);
    const number = await admin.post('/api/numbers', { pattern: '10 00', scenarioId: id, version: 'latest' });
    expect([number.status, number.body]).toEqual([
      201,
      expect.objectContaining({ pattern: '1000', scenarioId: id, version: 'latest' }),
    ]);
    expect((await admin.post('/api/numbers', { pattern: '1000', scenarioId: id, version: 1 })).body.error.code).toBe(
      'number.taken',
    );
    expect((await admin.patch(`/api/numbers/${number.body.id}`, { version: 1 })).body.version).toBe(1);
    expect((await admin.patch(`/api/numbers/${number.body.id}`, { version: 9 })).body.error.code).toBe(
      'scenario.not-published',
    );
    expect((await admin.get(`/api/numbers/${number.body.id}`)).body.version).toBe(1);
    expect((await admin.post('/api/numbers', { pattern: 'front desk', scenarioId: id })).status).toBe(400);

    const inUse = await admin.delete(`/api/scenarios/${id}`);
    expect([inUse.status, inUse.body.error.code]).toEqual([409, 'scenario.in-use']);
    expect((await admin.delete(`/api/numbers/${number.body.id}`)).status).toBe(204);
    expect((await admin.delete(`/api/scenarios/${id}`)).status).toBe(204);
    expect((await admin.get(`/api/scenarios/${id}`)).status).toBe(404);
  });

  it('are not deleted while a published scenario names them', async () => {
    const ending = { Ended: { type: 'final' } };
    const make = async (id: string, node: object) => {
      const document = { id, initial: 'only', states: { only: { invoke: node }, ...ending } };
      const scenario = (await admin.post('/api/scenarios', { name: id, document })).body;
      expect((await admin.post(`/api/scenarios/${scenario.id}/versions`)).status).toBe(201);
      return scenario.id as string;
    };
    const used = await make('used', { src: 'return', input: {} });
    const users = [
      await make('runs-it', { src: 'subflow', input: { scenario: 'used' } }),
      await make('calls-it', { src: 'transfer', input: { to: 'scenario:used' } }),
    ];
    const refused = await admin.delete(`/api/scenarios/${used}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'scenario.in-use']);
    expect([...refused.body.error.details.scenarios].sort()).toEqual(['calls-it', 'runs-it']);
    for (const user of users) expect((await admin.delete(`/api/scenarios/${user}`)).status).toBe(204);
    expect((await admin.delete(`/api/scenarios/${used}`)).status).toBe(204);
  });
});

describe('revisions', () => {
  const saved = async (id: string, count: number) => {
    const { document } = (await admin.get(`/api/scenarios/${id}`)).body;
    for (let revision = 1; revision <= count; revision++) {
      const changed = { ...document, meta: { ...document.meta, name: `Save ${revision}` } };
      const reply = await admin
        .with({ 'if-match': `"${revision}"` })
        .put(`/api/scenarios/${id}`, { document: changed });
      expect(reply.status).toBe(200);
    }
  };

  it('are what the draft was at each save, newest first', async () => {
    const { id, document } = await made('saved');
    await saved(id, 2);
    const { items } = (await admin.get(`/api/scenarios/${id}/revisions`)).body;
    expect(items.map((item: { revision: number }) => item.revision)).toEqual([3, 2, 1]);
    expect(items[0]).toMatchObject({ savedBy: 'admin@example.org', name: 'saved' });
    expect(items[0]).not.toHaveProperty('document');
    expect((await admin.get(`/api/scenarios/${id}/revisions/1`)).body.document).toEqual(document);
    expect((await admin.get(`/api/scenarios/${id}/revisions/2`)).body.document.meta.name).toBe('Save 1');
    for (const revision of ['4', '0', 'first'])
      expect((await admin.get(`/api/scenarios/${id}/revisions/${revision}`)).status).toBe(404);
  });

  it('are thinned out', async () => {
    const { id } = await made('thinned');
    await saved(id, 79);
    const { items } = (await admin.get(`/api/scenarios/${id}/revisions?limit=200`)).body;
    expect(items[0].revision).toBe(80);
    expect(items.length).toBeGreaterThanOrEqual(30);
    expect(items.length).toBeLessThan(40);
  });

  it('go with their scenario', async () => {
    const { id } = await made('leaving');
    expect((await admin.delete(`/api/scenarios/${id}`)).status).toBe(204);
    expect((await admin.get(`/api/scenarios/${id}/revisions`)).status).toBe(404);
  });
});
