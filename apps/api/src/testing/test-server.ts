import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../platform/config/config.js';
import { type Server, type ServerOptions, startServer } from '../server.js';
import { freshDatabaseUrl } from './test-database.js';
import { Visitor } from './visitor.js';

export const ADMIN = { email: 'admin@example.org', password: 'correct horse' };

/** The whole product on loopback, with a database and a data folder of its own. */
export class TestServer {
  private constructor(
    readonly server: Server,
    readonly dataDir: string,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  static async start(environment: Record<string, string> = {}, options: ServerOptions = {}): Promise<TestServer> {
    const dataDir = environment['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'callwright-api-'));
    const databaseUrl = environment['DATABASE_URL'] ?? (await freshDatabaseUrl());
    const all = {
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      SIP_HOST: '127.0.0.1',
      SIP_PORT: '0',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'silent',
      ...environment,
      DATA_DIR: dataDir,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    };
    return new TestServer(await startServer(readConfig(all), options), dataDir, all);
  }

  get url(): string {
    return this.server.url;
  }

  /** Somebody who is not logged in. */
  visitor(): Visitor {
    return new Visitor(this.url);
  }

  /** The first administrator, with a bearer token. */
  async admin(): Promise<Visitor> {
    return this.login(ADMIN.email, ADMIN.password);
  }

  async login(email: string, password: string): Promise<Visitor> {
    const reply = await this.visitor().post('/api/auth/login', { email, password });
    if (reply.status !== 200) throw new Error(`login: ${reply.status} ${JSON.stringify(reply.body)}`);
    return this.visitor().bearing(String(reply.body.token));
  }

  async stop(): Promise<void> {
    await this.server.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
