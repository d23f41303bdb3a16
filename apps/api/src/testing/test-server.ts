import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeTelephony } from '@callwright/channel-contract/fake';
import { readConfig } from '../platform/config/config.js';
import { TELEPHONY } from '../platform/tokens.js';
import { Server, type ServerOptions } from '../server.js';
import { fakeTelephony } from './fake-telephony.js';
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
    return new TestServer(
      await Server.start({ ...readConfig(all), designerDir: null }, { telephony: fakeTelephony(), ...options }),
      dataDir,
      all,
    );
  }

  /** The media layer, without a network. */
  get telephony(): FakeTelephony {
    return this.server.app.get<FakeTelephony>(TELEPHONY);
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

  /** The environment of another process on the same database and data folder. */
  remains(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }

  async stop(): Promise<void> {
    await this.server.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
