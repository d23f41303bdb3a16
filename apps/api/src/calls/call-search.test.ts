import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk, wire } from '../testing/documents.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenarioId: string;
let sales: string;
let support: string;
let silent: string;

/** A menu whose key becomes a variable. */
const desk = {
  ...frontDesk('searched'),
  states: {
    ...frontDesk().states,
    sales: { invoke: { src: 'set-variables', input: { assign: { chosen: 'sales' } }, onDone: [wire('done', 'bye')] } },
    support: {
      invoke: { src: 'set-variables', input: { assign: { chosen: { team: 2 } } }, onDone: [wire('done', 'bye')] },
    },
  },
};

const call = async (from: string, digit: string | null): Promise<string> => {
  // A machine that is busy with other tests takes no calls for a moment.
  const placed = await until(async () => {
    const attempt = await server.telephony.place({ to: '5000', from });
    return attempt.verdict === 'run' && attempt;
  });
  const { id, caller } = placed.call;
  await until(async () => (await admin.get(`/api/calls/${id}`)).body.node === 'menu');
  if (digit === null) caller.farEnd.hangUp();
  else caller.farEnd.press(digit);
  await until(async () => {
    const { body } = await admin.get(`/api/calls/${id}`);
    return body.state === 'ended' && body.node === null;
  });
  return id;
};

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  scenarioId = (await admin.post('/api/scenarios', { name: 'Searched', document: desk })).body.id;
  await admin.post(`/api/scenarios/${scenarioId}/versions`);
  await admin.post('/api/numbers', { pattern: '5000', scenarioId });
  sales = await call('+37060012345', '1');
  support = await call('+37060099999', '2');
  silent = await call('=cmd()', null);
}, 60_000);
afterAll(() => server.stop());

const found = async (query: string): Promise<string[]> =>
  (await admin.get(`/api/calls?${query}`)).body.items.map(({ id }: { id: string }) => id);

describe('a search of calls', () => {
  it.each([
    ['a part of a number', 'q=12345', () => [sales]],
    ['a part of a number as people write it', `q=${encodeURIComponent('+370 (600) 1')}`, () => [sales]],
    ['nothing but letters that mean something to a database', `q=${encodeURIComponent('%')}`, () => []],
    ['a node', 'node=sales', () => [sales]],
    ['an outcome of a node', 'node=menu&outcome=support', () => [support]],
    ['an outcome anywhere', 'outcome=sales', () => [sales]],
    ['where it ended', 'lastNode=menu', () => [silent]],
    ['a variable', 'variable=chosen%3Dsales', () => [sales]],
    ['a variable that is no text', `variable=${encodeURIComponent('chosen={"team":2}')}`, () => [support]],
    ['a version', 'version=2', () => []],
    ['several of these', 'q=60&node=menu&cause=normal&scenarioId=SCENARIO', () => [support, sales]],
  ])('finds by %s', async (_, query, expected) => {
    expect(await found(query.replace('SCENARIO', scenarioId))).toEqual(expected());
  });

  it('says what a variable has to look like', async () => {
    const reply = await admin.get('/api/calls?variable=chosen');
    expect([reply.status, reply.body.error.details.fields]).toEqual([
      400,
      [{ path: 'variable', message: 'must be NAME=VALUE' }],
    ]);
  });

  it('tells the last node of a call that has ended, and not one that ran after it', async () => {
    const { body } = await admin.get(`/api/calls/${silent}`);
    expect([body.node, body.lastNode, body.path.at(-1)]).toEqual([null, 'menu', 'after_call']);
  });
});

describe('the ways of many calls', () => {
  it('are counted by node and outcome, with where they ended', async () => {
    const { body } = await admin.get(`/api/calls/paths?scenarioId=${scenarioId}`);
    expect([body.calls, body.answered]).toEqual([3, 3]);
    const menu = body.nodes.find(({ node }: { node: string }) => node === 'menu');
    expect(menu).toMatchObject({ visits: 3, ended: 1, hungUp: 1 });
    expect(menu.outcomes).toEqual(
      expect.arrayContaining([
        { outcome: 'sales', visits: 1 },
        { outcome: 'support', visits: 1 },
        { outcome: null, visits: 1 },
      ]),
    );
    expect((await admin.get(`/api/calls/paths?scenarioId=${scenarioId}&since=2100-01-01T00:00:00Z`)).body.calls).toBe(
      0,
    );
  });
});

describe('an export', () => {
  it('is a table that a spreadsheet opens, in which nobody hides a formula', async () => {
    const reply = await admin.get('/api/calls/export?format=csv');
    expect(reply.headers.get('content-type')).toContain('text/csv');
    expect(reply.headers.get('content-disposition')).toContain('calls.csv');
    const lines = reply.text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF?id,startedAt,/);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(",'=cmd(),5000,");
    expect(lines[3]).toContain(',+37060012345,5000,');
    expect(lines[2]).toContain('""chosen"":{""team"":2}}"');
  });

  it('is JSON, of what was searched for', async () => {
    const reply = await admin.get('/api/calls/export?format=json&node=sales');
    expect(reply.body).toMatchObject([{ id: sales, lastNode: 'bye', variables: { chosen: 'sales' } }]);
  });
});
