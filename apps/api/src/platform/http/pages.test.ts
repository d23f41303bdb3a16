import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.js';
import { Server } from '../../server.js';
import { fakeTelephony } from '../../testing/fake-telephony.js';
import { freshDatabaseUrl } from '../../testing/test-database.js';
import { Visitor } from '../../testing/visitor.js';

let server: Server;
let visitor: Visitor;

beforeAll(async () => {
  const designerDir = mkdtempSync(join(tmpdir(), 'callwright-page-'));
  mkdirSync(join(designerDir, 'assets'));
  writeFileSync(
    join(designerDir, 'index.html'),
    '<!doctype html><meta name="nonce" content="__CSP_NONCE__"><div id="root"></div>',
  );
  writeFileSync(join(designerDir, 'assets', 'index-1.js'), 'export {};');
  const databaseUrl = await freshDatabaseUrl();
  const environment = {
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'callwright-page-')),
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
  };
  server = await Server.start({ ...readConfig(environment), designerDir }, { telephony: fakeTelephony() });
  visitor = new Visitor(server.url);
});
afterAll(() => server.close());

const html = (path: string) => visitor.with({ accept: 'text/html' }).get(path);

describe('the page', () => {
  it('is served for every address of its own, the set-up link among them', async () => {
    expect(server.setUpUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#cwu_/);
    for (const path of ['/', '/setup', '/scenarios/1', '/calls?x=1']) {
      const reply = await html(path);
      expect([path, reply.status, reply.text.includes('id="root"')]).toEqual([path, 200, true]);
    }
    const script = await visitor.get('/assets/index-1.js');
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
  });

  it('is not what the API, or a file that is not there, answers', async () => {
    for (const path of ['/api/nothing', '/assets/none.js', '/health/none', '/live/none', '/metrics/none']) {
      const reply = await html(path);
      expect([path, reply.status, reply.body?.error.code]).toEqual([path, 404, 'input.not-found']);
    }
    for (const path of ['/../secret.key', '/%2e%2e/secret.key', '/..%2fsecret.key', '/assets/..%2f..%2fsecret.key']) {
      expect((await visitor.get(path)).text).not.toMatch(/^[0-9a-f]{64}/);
    }
  });

  it('runs no inline script and no inline style but under the nonce of that answer (S8)', async () => {
    const [first, second] = [await html('/'), await html('/')];
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(first.text).toContain(`content="${nonce}"`);
    expect(second.text).not.toContain(nonce);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe('the description of the API', () => {
  it('is complete, and its page needs no inline code', async () => {
    const { body } = await visitor.get('/api/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    for (const [path, operations] of Object.entries(
      body.paths as Record<
        string,
        Record<string, { summary?: string; responses: object; parameters?: { name: string }[] }>
      >,
    )) {
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation.summary, `${method} ${path}`).toBeTruthy();
        expect(
          Object.keys(operation.responses).some((status) => status.startsWith('2')),
          `${method} ${path}`,
        ).toBe(true);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        for (const name of named)
          expect(
            (operation.parameters ?? []).map((one) => one.name),
            `${method} ${path}`,
          ).toContain(name);
      }
    }
    expect(JSON.stringify(body.paths['/api/scenarios'].post)).toContain('latestVersion');
    const page = await visitor.get('/api/docs');
    expect(page.text).not.toMatch(/<script>|<style|style=/);
    expect((await visitor.get('/api/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});
