import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';
import { programOf } from '@callwright/channel-drachtio/testing';

const LOOPBACK = '127.0.0.1';
const CONFIGURATION = resolve(import.meta.dirname, '../fixtures/freeswitch');

/** The program, or null. Its libraries are found by `LD_LIBRARY_PATH` when they are not where the system looks. */
export const freeswitchProgram = (): string | null => programOf(process.env, 'FREESWITCH_BIN', 'freeswitch');

/** How FreeSWITCH's fax applications work. */
export interface FaxManners {
  /** Whether T.38 is allowed, and whether FreeSWITCH asks for it itself. */
  readonly t38: boolean;
  readonly asksForT38: boolean;
  readonly ecm: boolean;
}

/** FreeSWITCH with mod_spandsp as a fax machine: another maker's SIP, RTP, UDPTL and T.30. */
export class Freeswitch {
  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    private readonly sipPort: number,
    private readonly eventPort: number,
  ) {}

  static async start(program: string): Promise<Freeswitch> {
    const folder = mkdtempSync(join(tmpdir(), 'callwright-freeswitch-'));
    const [sipPort, eventPort] = [await freePort(), await freePort()];
    const places = ['log', 'db', 'run'].map((name) => join(folder, name)) as [string, string, string];
    for (const place of places) mkdirSync(place);
    const [log, db, run] = places;
    const args = ['-nf', '-nc', '-nonat', '-conf', CONFIGURATION, '-log', log, '-db', db, '-run', run];
    const child = spawn(program, args, {
      stdio: 'ignore',
      cwd: dirname(resolve(program)),
      env: {
        ...process.env,
        FAX_SIP_PORT: String(sipPort),
        FAX_EVENT_PORT: String(eventPort),
        FAX_RTP_MIN: '47000',
        FAX_RTP_MAX: '47198',
        FAX_FOLDER: folder,
      },
    });
    const freeswitch = new Freeswitch(child, folder, sipPort, eventPort);
    try {
      await eventually(
        'FreeSWITCH takes calls',
        async () => (await freeswitch.api('sofia status')).includes('RUNNING'),
        30_000,
      );
      return freeswitch;
    } catch (error) {
      await freeswitch.stop();
      throw error;
    }
  }

  /** Where a fax is to be sent for `receivedAs(name)` to hold it. */
  receiver(name: string, { t38, asksForT38, ecm }: FaxManners): string {
    return `sip:receive-${t38}-${asksForT38}-${ecm}-${name}@${LOOPBACK}:${this.sipPort}`;
  }

  receivedAs(name: string): string {
    return join(this.folder, `${name}.tif`);
  }

  /** Calls `uri` and sends the TIFF to whoever answers. Resolves when it has been answered. */
  async send(uri: string, tiff: string, { t38, asksForT38, ecm }: FaxManners): Promise<void> {
    const variables = [
      `fax_enable_t38=${t38}`,
      `fax_enable_t38_request=${asksForT38}`,
      `fax_use_ecm=${ecm}`,
      'fax_ident=+3709',
      'origination_caller_id_number=+3709',
    ];
    const target = uri.replace(/^sip:/, 'sofia/fax/');
    const reply = await this.api(`originate {${variables.join(',')}}${target} &txfax(${tiff})`);
    if (!reply.startsWith('+OK')) throw new Error(`FreeSWITCH could not call: ${reply}`);
  }

  /** What it wrote down: for the message of a test that failed. */
  get log(): string {
    const file = join(this.folder, 'log/freeswitch.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'close');
      this.child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** One command over the event socket: the body of its reply. */
  private async api(command: string): Promise<string> {
    const socket = createConnection(this.eventPort, LOOPBACK);
    try {
      await once(socket, 'connect');
      const reader = new Messages(socket);
      await reader.next();
      socket.write('auth ClueCon\n\n');
      await reader.next();
      socket.write(`api ${command}\n\n`);
      return (await reader.next()).body;
    } finally {
      socket.destroy();
    }
  }
}

/** Messages of the event socket: headers, an empty line, and a body of `Content-Length` bytes. */
class Messages {
  private text = '';
  private wake = () => undefined as void;
  private ended = false;

  constructor(socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      this.text += chunk;
      this.wake();
    });
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  async next(): Promise<{ readonly body: string }> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      const length = Number(/^Content-Length: (\d+)$/m.exec(this.text.slice(0, Math.max(end, 0)))?.[1] ?? 0);
      if (end >= 0 && this.text.length >= end + 2 + length) {
        const body = this.text.slice(end + 2, end + 2 + length);
        this.text = this.text.slice(end + 2 + length);
        return { body };
      }
      if (this.ended) throw new Error('FreeSWITCH closed the event socket.');
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
