import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
});
afterAll(() => server.stop());

const cookieOf = (headers: Headers) => headers.get('set-cookie')?.split(';')[0] ?? '';

describe('logging in', () => {
  it('gives a token, its end and a cookie that scripts cannot read', async () => {
    const reply = await server.visitor().post('/api/auth/login', { ...ADMIN, email: 'Admin@Example.org' });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      token: expect.stringMatching(/^cws_/),
      user: { email: ADMIN.email, role: 'admin' },
    });
    expect(Date.parse(reply.body.expiresAt)).toBeGreaterThan(Date.now());
    expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect(reply.text).not.toContain('passwordHash');
  });

  it('says the same of a wrong password and of an unknown user', async () => {
    const wrong = await server.visitor().post('/api/auth/login', { ...ADMIN, password: 'wrong' });
    const unknown = await server.visitor().post('/api/auth/login', { email: 'nobody@example.org', password: 'wrong' });
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
    expect(unknown.body.error.code).toBe('auth.wrong-credentials');
  });

  it('is refused for a while after ten failures, with the time to wait', async () => {
    const guess = () => server.visitor().post('/api/auth/login', { email: 'target@example.org', password: 'guess' });
    for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await server.visitor().post('/api/auth/login', ADMIN)).status).toBe(200);
  });

  it('is over after logging out', async () => {
    const visitor = await server.admin();
    expect((await visitor.post('/api/auth/logout')).status).toBe(204);
    expect((await visitor.get('/api/auth/me')).body.error.code).toBe('auth.required');
  });
});

describe('the session cookie', () => {
  it('reads, and changes only with an Origin equal to Host', async () => {
    const login = await server.visitor().post('/api/auth/login', ADMIN);
    const visitor = server.visitor().with({ cookie: cookieOf(login.headers) });
    expect((await visitor.get('/api/auth/me')).body.user.email).toBe(ADMIN.email);
    const body = { email: 'csrf@example.org', role: 'viewer', password: 'long enough' };
    expect((await visitor.post('/api/users', body)).status).toBe(403);
    expect((await visitor.with({ origin: 'http://evil.example' }).post('/api/users', body)).body.error.code).toBe(
      'auth.forbidden',
    );
    expect((await visitor.with({ origin: server.url }).post('/api/users', body)).status).toBe(201);
  });

  it('is not made by a page of another site', async () => {
    const reply = await server.visitor().with({ origin: 'http://evil.example' }).post('/api/auth/login', ADMIN);
    expect(reply.status).toBe(403);
    expect(reply.headers.get('set-cookie')).toBeNull();
  });
});

describe('users', () => {
  it('end at once when disabled, with all their sessions', async () => {
    const made = await admin.post('/api/users', {
      email: 'leaver@example.org',
      role: 'operator',
      password: 'long enough',
    });
    expect(made.status).toBe(201);
    const leaver = await server.login('leaver@example.org', 'long enough');
    expect((await leaver.get('/api/auth/me')).status).toBe(200);
    expect((await admin.patch(`/api/users/${made.body.id}`, { disabled: true })).body.disabled).toBe(true);
    expect((await leaver.get('/api/auth/me')).status).toBe(401);
    expect(
      (await server.visitor().post('/api/auth/login', { email: 'leaver@example.org', password: 'long enough' })).status,
    ).toBe(401);
  });

  it('keep one administrator', async () => {
    const { id } = (await admin.get('/api/auth/me')).body.user;
    expect((await admin.patch(`/api/users/${id}`, { role: 'viewer' })).body.error.code).toBe('user.last-admin');
    expect((await admin.delete(`/api/users/${id}`)).body.error.code).toBe('user.last-admin');
    expect((await admin.get('/api/auth/me')).body.user.role).toBe('admin');
  });

  it('have an address of their own', async () => {
    const again = await admin.post('/api/users', {
      email: 'ADMIN@example.org',
      role: 'viewer',
      password: 'long enough',
    });
    expect([again.status, again.body.error.code]).toEqual([409, 'user.taken']);
  });

  it('change their own password, which ends their other sessions', async () => {
    await admin.post('/api/users', { email: 'changer@example.org', role: 'viewer', password: 'old password' });
    const [here, there] = [
      await server.login('changer@example.org', 'old password'),
      await server.login('changer@example.org', 'old password'),
    ];
    expect((await here.put('/api/auth/password', { current: 'not it', password: 'new password' })).status).toBe(401);
    expect((await here.put('/api/auth/password', { current: 'old password', password: 'new password' })).status).toBe(
      204,
    );
    expect((await here.get('/api/auth/me')).status).toBe(200);
    expect((await there.get('/api/auth/me')).status).toBe(401);
  });
});

describe('API tokens', () => {
  it('act with their role until they are removed or expire', async () => {
    const made = await admin.post('/api/tokens', { name: 'ci', role: 'admin' });
    expect(made.status).toBe(201);
    const program = server.visitor().bearing(made.body.token);
    expect((await program.get('/api/users')).status).toBe(200);
    expect((await admin.get('/api/tokens')).text).not.toContain(made.body.token);
    expect((await admin.delete(`/api/tokens/${made.body.id}`)).status).toBe(204);
    expect((await program.get('/api/users')).status).toBe(401);

    const past = await admin.post('/api/tokens', { name: 'past', role: 'admin', expiresAt: '2020-01-01T00:00:00Z' });
    expect((await server.visitor().bearing(past.body.token).get('/api/users')).status).toBe(401);
  });

  it('are narrowed by scopes', async () => {
    const made = await admin.post('/api/tokens', { name: 'reader', role: 'admin', scopes: ['users:read'] });
    const program = server.visitor().bearing(made.body.token);
    expect((await program.get('/api/users')).status).toBe(200);
    expect((await program.post('/api/users', {})).status).toBe(403);
    expect((await program.get('/api/tokens')).status).toBe(403);
  });
});

describe('the set-up link', () => {
  it('makes the first administrator once', async () => {
    const fresh = await TestServer.start({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
    try {
      const token = fresh.server.setUpUrl?.split('#')[1] ?? '';
      const visitor = fresh.visitor();
      const wrong = await visitor.post('/api/auth/setup', {
        token: 'cwu_guess',
        email: 'a@example.org',
        password: 'long enough',
      });
      expect(wrong.status).toBe(401);
      const made = await visitor.post('/api/auth/setup', { token, email: 'a@example.org', password: 'long enough' });
      expect([made.status, made.body.user.role]).toEqual([200, 'admin']);
      expect(
        (await visitor.post('/api/auth/setup', { token, email: 'b@example.org', password: 'long enough' })).status,
      ).toBe(409);
      expect(
        (
          await visitor
            .bearing(made.body.token)
            .post('/api/workspaces', { name: 'Second', admin: { email: 'c@example.org', password: 'long enough' } })
        ).status,
      ).toBe(201);
    } finally {
      await fresh.stop();
    }
  });
});

describe('requests that are wrong', () => {
  it('name every field at once', async () => {
    const reply = await admin.post('/api/users', { email: 'nobody', role: 'king', password: 'x', extra: 1 });
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe('input.invalid');
    expect(reply.body.error.details.fields.map((field: { path: string }) => field.path)).toEqual(
      expect.arrayContaining(['email', 'role', 'password']),
    );
  });

  it.each([
    ['malformed JSON', '{', 'application/json', 400, 'input.invalid'],
    ['no JSON at all', 'a=b', 'application/x-www-form-urlencoded', 415, 'input.unsupported-type'],
    ['a huge body', JSON.stringify('x'.repeat(9_000_000)), 'application/json', 413, 'input.too-large'],
    ['null', 'null', 'application/json', 400, 'input.invalid'],
  ])('say so clearly: %s', async (_, body, type, status, code) => {
    const reply = await server.visitor().with({ 'content-type': type }).post('/api/auth/login', body);
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  });

  it('do not page with a cursor of their own making', async () => {
    for (const query of ['cursor=!!!', 'cursor=WzEsMl0', 'limit=0', 'limit=x', 'limit=201']) {
      expect((await admin.get(`/api/users?${query}`)).status, query).toBe(400);
    }
  });

  it('end in 404 where nothing is', async () => {
    expect((await admin.get('/api/nothing')).body.error.code).toBe('input.not-found');
    expect((await admin.get('/api/users/none')).body.error.code).toBe('input.not-found');
    expect((await admin.get('/api/users/%00')).status).toBe(400);
  });
});

describe('lists', () => {
  it('come in pages, newest first', async () => {
    for (let i = 0; i < 5; i++) await admin.post('/api/tokens', { name: `page ${i}`, role: 'viewer' });
    const names: string[] = [];
    for (let next: string | null = '', pages = 0; next !== null && pages < 20; pages++) {
      const reply: { body: { items: { name: string }[]; next: string | null } } = await admin.get(
        `/api/tokens?limit=2${next ? `&cursor=${next}` : ''}`,
      );
      names.push(...reply.body.items.map((item) => item.name));
      next = reply.body.next;
    }
    expect(names.slice(0, 5)).toEqual(['page 4', 'page 3', 'page 2', 'page 1', 'page 0']);
    expect(new Set(names).size).toBe(names.length);
  });
});
