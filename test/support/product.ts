import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Api } from './api.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

export const ROOT = resolve(import.meta.dirname, '../..');

export const ADMIN = { email: 'admin@example.org', password: 'correct horse battery staple' };

export interface ProductOptions {
  /** Beside what the contract names for a test; a value of undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A data folder that is already there: the product is started again. It is not deleted afterwards. */
  readonly dataDir?: string;
}

/**
 * The built product as a process of its own, started as a person does and reached by nothing but the contract: environment,
 * start-up lines, HTTP, SIP.
 */
export class Product {
  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    private readonly keepsData: boolean,
    readonly url: string,
    readonly sipPort: number,
    private readonly written: string[],
  ) {}

  static async start({ env = {}, dataDir }: ProductOptions = {}): Promise<Product> {
    const httpPort = Number(env['HTTP_PORT'] ?? (await freePort()));
    const sipPort = Number(env['SIP_PORT'] ?? (await freePort()));
    const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'callwright-data-'));
    const rtpFrom = 10_000 + 2 * Math.floor(Math.random() * 4_800);
    const settings: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: 'production',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(httpPort),
      SIP_HOST: '127.0.0.1',
      SIP_PORT: String(sipPort),
      RTP_PORT_MIN: String(rtpFrom),
      RTP_PORT_MAX: String(rtpFrom + 398),
      DATA_DIR: folder,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      EGRESS_ALLOW: '127.0.0.0/8',
      // Tests, a browser and phones share the machine: that they hold it up is no overload of the product's.
      MAX_LOOP_LAG_MS: '10000',
      MAX_MEDIA_LATE_MS: '10000',
      ...env,
    };
    for (const name of Object.keys(settings)) if (settings[name] === undefined) delete settings[name];
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: ROOT,
      env: settings,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => written.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
    const product = new Product(child, folder, dataDir !== undefined, `http://127.0.0.1:${httpPort}`, sipPort, written);
    try {
      await eventually(
        'the product is ready',
        () => {
          if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
          return /^Ready$/m.test(product.output);
        },
        120_000,
      );
    } catch (error) {
      await product.kill('SIGKILL');
      throw new Error(`The product did not start. It wrote:\n${product.output.slice(-4000)}`, { cause: error });
    }
    return product;
  }

  /** Everything that was written to the terminal so far. */
  get output(): string {
    return this.written.join('');
  }

  get sipAddress(): string {
    return `127.0.0.1:${this.sipPort}`;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The REST API, logged in as the administrator. */
  async admin(): Promise<Api> {
    return Api.login(this.url, ADMIN);
  }

  /** Sends a signal and waits for the end; gives the exit code, or null when a signal ended it. */
  async kill(signal: NodeJS.Signals, timeoutMs = 15_000): Promise<number | null> {
    if (!this.running) return this.child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.child.once('close', (code) => resolve(code)));
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    const code = await ended;
    clearTimeout(timer);
    return code;
  }

  /** For the end of a test: everything of it is gone afterwards. */
  async stop(): Promise<void> {
    await this.kill('SIGKILL');
    if (!this.keepsData) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
