import { writeWav } from '@callwright/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '../testing/deploy.js';
import { frontDesk } from '../testing/documents.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';
import { mayActAs, type Role, ROLES } from './roles.js';

/*
 * Reliability S3: every route of the OpenAPI file × everybody who could knock. A new route is in the matrix by itself; one with an id
 * in its path that is not in `inOurWorkspace` fails here until it is.
 */

interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: 'anyone' | 'signed-in' | Role;
}

let server: TestServer;
let admin: Visitor;
let stranger: Visitor;
let routes: readonly Route[];
const actors = new Map<string, Visitor>();
/** Path in the OpenAPI file → the same with ids of our workspace. */
let inOurWorkspace: ReadonlyMap<string, string>;

/** Who changes what, as the contract says; what is not named here is an administrator's. */
const CHANGED_BY: Readonly<Record<string, Role>> = {
  scenarios: 'editor',
  media: 'editor',
  schedules: 'editor',
  speech: 'editor',
  numbers: 'operator',
  environments: 'operator',
  calls: 'operator',
  faxes: 'operator',
};
/** Everything else is read by viewers. */
const READ_BY_ADMINISTRATORS = /^\/api\/(users|tokens|workspaces|audit|webhooks\/\{id\}\/deliveries)/;

/** Bodies that would do something, were they let through. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PUT /api/scenarios/{id}': { document: frontDesk('stolen') },
  'POST /api/scenarios/{id}/tests': { name: 'stolen', steps: [] },
  'PUT /api/scenarios/{id}/tests/{testId}': { name: 'stolen', steps: [] },
  'PATCH /api/numbers/{id}': { version: 'latest' },
  'PATCH /api/phones/{id}': { password: 'stolen' },
  'POST /api/phones/{id}/provisioning': { server: 'evil.example' },
  'PATCH /api/trunks/{id}': { host: 'evil.example' },
  'PATCH /api/schedules/{id}': { name: 'stolen' },
  'PATCH /api/secrets/{id}': { value: 'stolen' },
  'PATCH /api/media/{id}': { name: 'stolen' },
  'PATCH /api/webhooks/{id}': { url: 'http://evil.example/' },
  'PATCH /api/users/{id}': { role: 'viewer' },
  'POST /api/calls/{id}/commands': { type: 'hang-up' },
  'POST /api/faxes/{id}/resend': {},
  'PATCH /api/environments/{id}': { title: 'stolen' },
  'POST /api/environments/{id}/promotions': { scenarioId: 'none', version: 1 },
};

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  routes = await routesOf(admin);
  await admin.post('/api/workspaces', {
    name: 'Other',
    admin: { email: 'other@example.org', password: 'long enough' },
  });
  stranger = await server.login('other@example.org', 'long enough');

  actors.set('nobody', server.visitor());
  for (const role of ROLES) {
    const made = await admin.post('/api/tokens', { name: role, role });
    actors.set(role, server.visitor().bearing(made.body.token));
  }
  const leaver = await admin.post('/api/users', {
    email: 'leaver@example.org',
    role: 'admin',
    password: 'long enough',
  });
  actors.set('disabled user', await server.login('leaver@example.org', 'long enough'));
  await admin.patch(`/api/users/${leaver.body.id}`, { disabled: true });
  const expired = await admin.post('/api/tokens', {
    name: 'expired',
    role: 'admin',
    expiresAt: '2020-01-01T00:00:00Z',
  });
  actors.set('expired token', server.visitor().bearing(expired.body.token));
  actors.set('garbage', server.visitor().bearing('cws_garbage'));
  inOurWorkspace = await furnish();
});
afterAll(() => server.stop());

async function routesOf(visitor: Visitor): Promise<Route[]> {
  const { paths } = (await visitor.get('/api/openapi.json')).body as {
    paths: Record<string, Record<string, { 'x-access'?: Route['access'] }>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      if (!operation['x-access']) throw new Error(`${method} ${path} does not say who may use it`);
      return { method: method.toUpperCase(), path, access: operation['x-access'] };
    }),
  );
}

/** One of everything in our workspace. */
async function furnish(): Promise<ReadonlyMap<string, string>> {
  const { scenarioId, numberId } = await deploy(admin, '1000');
  const id = async (path: string, body: unknown) => String((await admin.post(path, body)).body.id);
  const test = await id(`/api/scenarios/${scenarioId}/tests`, { name: 'ours', steps: [] });
  const phone = await id('/api/phones', { username: 'ours', password: 'ours' });
  const trunk = await id('/api/trunks', { name: 'ours', host: 'sip.example.org' });
  const schedule = await id('/api/schedules', { name: 'ours', schedule: { timeZone: 'UTC', weekly: {} } });
  const secret = await id('/api/secrets', { name: 'ours', value: 'ours' });
  const webhook = await id('/api/webhooks', { url: 'http://127.0.0.1:9/', events: ['fax.ended'] });
  const environment = await id('/api/environments', { name: 'ours' });
  const user = await id('/api/users', { email: 'ours@example.org', role: 'viewer', password: 'long enough' });
  const token = await id('/api/tokens', { name: 'ours', role: 'viewer' });
  const form = new FormData();
  form.append('file', new Blob([writeWav(new Int16Array(800))]), 'ours.wav');
  const media = await id('/api/media', form);
  const faxForm = new FormData();
  faxForm.append('file', new Blob(['Ours.']), 'ours.txt');
  faxForm.append('to', 'phone:ours');
  faxForm.append('notBefore', '2099-01-01T00:00:00Z');
  const fax = await id('/api/faxes', faxForm);
  const placed = await server.telephony.place({ to: '1000' });
  if (placed.verdict !== 'run') throw new Error('not answered');
  const call = placed.call.id;
  await until(async () => (await admin.get(`/api/calls/${call}`)).body.node === 'menu');
  return new Map([
    ['/api/scenarios/{id}', `/api/scenarios/${scenarioId}`],
    ['/api/scenarios/{id}/validate', `/api/scenarios/${scenarioId}/validate`],
    ['/api/scenarios/{id}/versions', `/api/scenarios/${scenarioId}/versions`],
    ['/api/scenarios/{id}/versions/{version}', `/api/scenarios/${scenarioId}/versions/1`],
    ['/api/scenarios/{id}/tests', `/api/scenarios/${scenarioId}/tests`],
    ['/api/scenarios/{id}/tests/{testId}', `/api/scenarios/${scenarioId}/tests/${test}`],
    ['/api/scenarios/{id}/revisions', `/api/scenarios/${scenarioId}/revisions`],
    ['/api/scenarios/{id}/revisions/{revision}', `/api/scenarios/${scenarioId}/revisions/1`],
    ['/api/numbers/{id}', `/api/numbers/${numberId}`],
    ['/api/phones/{id}', `/api/phones/${phone}`],
    ['/api/phones/{id}/provisioning', `/api/phones/${phone}/provisioning`],
    ['/api/provisioning/{token}', '/api/provisioning/no-such-link'],
    ['/api/trunks/{id}', `/api/trunks/${trunk}`],
    ['/api/schedules/{id}', `/api/schedules/${schedule}`],
    ['/api/secrets/{id}', `/api/secrets/${secret}`],
    ['/api/webhooks/{id}', `/api/webhooks/${webhook}`],
    ['/api/users/{id}', `/api/users/${user}`],
    ['/api/tokens/{id}', `/api/tokens/${token}`],
    ['/api/media/{id}', `/api/media/${media}`],
    ['/api/media/{name}/content', '/api/media/ours.wav/content'],
    ['/api/calls/{id}', `/api/calls/${call}`],
    ['/api/calls/{id}/events', `/api/calls/${call}/events`],
    ['/api/calls/{id}/signalling', `/api/calls/${call}/signalling`],
    ['/api/environments/{id}', `/api/environments/${environment}`],
    [
      '/api/environments/{id}/readiness',
      `/api/environments/${environment}/readiness?scenarioId=${scenarioId}&version=1`,
    ],
    ['/api/environments/{id}/promotions', `/api/environments/${environment}/promotions`],
    ['/api/calls/{id}/quality', `/api/calls/${call}/quality`],
    ['/api/webhooks/{id}/test', `/api/webhooks/${webhook}/test`],
    ['/api/webhooks/{id}/deliveries', `/api/webhooks/${webhook}/deliveries`],
    ['/api/webhooks/{id}/deliveries/{delivery}/retry', `/api/webhooks/${webhook}/deliveries/none/retry`],
    ['/api/faxes/{id}', `/api/faxes/${fax}`],
    ['/api/faxes/{id}/document', `/api/faxes/${fax}/document`],
    ['/api/faxes/{id}/pages/{page}', `/api/faxes/${fax}/pages/1`],
    ['/api/faxes/{id}/resend', `/api/faxes/${fax}/resend`],
    ['/api/calls/{id}/commands', `/api/calls/${call}/commands`],
    ['/api/calls/{id}/recordings/{name}', `/api/calls/${call}/recordings/voice`],
  ]);
}

const knock = (visitor: Visitor, { method, path }: Route, body: unknown = {}) =>
  visitor
    .with({ 'if-match': '"1"' })
    .send(method, path.replaceAll(/\{\w+\}/g, 'none'), method === 'GET' || method === 'DELETE' ? undefined : body);

describe('who may use which route (S3)', () => {
  it('knows all the routes of the contract', () => {
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    for (const area of [
      'scenarios',
      'numbers',
      'phones',
      'trunks',
      'schedules',
      'secrets',
      'media',
      'webhooks',
      'calls',
      'users',
      'tokens',
      'workspaces',
      'audit',
    ]) {
      expect(known, area).toContain(`GET /api/${area}`);
    }
    expect(known.size).toBeGreaterThan(60);
  });

  it('asks for the role that the contract names', () => {
    const others = routes.flatMap(({ method, path, access }) => {
      const area = /^\/api\/(\w+)/.exec(path)?.[1];
      // Without a login, for whoever is logged in, and paths with a token of their own.
      if (area === undefined || ['version', 'auth', 'token', 'provisioning'].includes(area)) return [];
      const reads = method === 'GET' || path.endsWith('/validate');
      const readBy = READ_BY_ADMINISTRATORS.test(path) ? 'admin' : 'viewer';
      const role = reads ? readBy : (CHANGED_BY[area] ?? 'admin');
      return access === role ? [] : [`${method} ${path}: ${access}, not ${role}`];
    });
    expect(others).toEqual([]);
  });

  it.each(['nobody', 'disabled user', 'expired token', 'garbage'])(
    'opens nothing to %s but what is open to anyone',
    async (name) => {
      for (const route of routes) {
        const { status } = await knock(actors.get(name)!, route);
        if (route.access === 'anyone')
          expect(status === 401 && !route.path.startsWith('/api/auth/'), `${route.method} ${route.path}`).toBe(false);
        else expect(status, `${route.method} ${route.path}`).toBe(401);
      }
    },
  );

  it.each(ROLES)('opens to %s what the role may, and nothing above it', async (role) => {
    for (const route of routes.filter((one) => one.access !== 'anyone')) {
      const { status } = await knock(actors.get(role)!, route);
      const may = route.access === 'signed-in' || mayActAs(role, route.access as Role);
      if (may) expect([401, 403], `${route.method} ${route.path}`).not.toContain(status);
      else expect(status, `${route.method} ${route.path}`).toBe(403);
    }
  });

  it('shows another workspace’s admin nothing of ours, and lets nothing be changed', async () => {
    const everything = () =>
      Promise.all(
        [...inOurWorkspace.values()]
          .filter((path) => !/calls|validate|content/.test(path))
          .map(async (path) => (await admin.get(path)).body),
      );
    const before = await everything();
    for (const route of routes.filter(({ path }) => path.includes('{'))) {
      const name = `${route.method} ${route.path}`;
      const path = inOurWorkspace.get(route.path);
      expect(path, `${name} is not in the matrix`).toBeDefined();
      const reply = await knock(stranger, { ...route, path: path! }, BODIES[name] ?? {});
      expect([name, reply.status]).toEqual([name, 404]);
    }
    expect(await everything()).toEqual(before);
  });

  it('lists nothing of ours to another workspace’s admin', async () => {
    const ids = [...inOurWorkspace.values()].map((path) => path.split('/')[3]!);
    for (const route of routes.filter(
      ({ method, path, access }) => method === 'GET' && !path.includes('{') && access !== 'anyone',
    )) {
      const { text } = await stranger.get(route.path);
      for (const id of ids) expect(text.includes(id), `${route.path} shows ${id}`).toBe(false);
    }
  });

  it('takes no id of ours in the body of another workspace', async () => {
    const scenarioId = inOurWorkspace.get('/api/scenarios/{id}')!.split('/').at(-1)!;
    expect((await stranger.post('/api/numbers', { pattern: '5000', scenarioId, version: 'latest' })).status).toBe(404);
    expect((await stranger.post('/api/calls', { to: 'phone:ours', scenarioId })).status).toBe(404);
    const theirs = await deploy(stranger, '6000');
    expect(
      (await stranger.post('/api/calls', { to: 'phone:ours', scenarioId: theirs.scenarioId })).body.error.code,
    ).toBe('call.bad-destination');
    expect((await stranger.patch(`/api/numbers/${theirs.numberId}`, { scenarioId })).status).toBe(404);
  });

  it('lets no role make a token above itself, and only the first administrator make workspaces', async () => {
    const body = { name: 'W', admin: { email: 'w@example.org', password: 'long enough' } };
    expect((await stranger.post('/api/workspaces', body)).status).toBe(403);
    expect((await actors.get('admin')!.post('/api/workspaces', body)).status).toBe(403);
  });
});
