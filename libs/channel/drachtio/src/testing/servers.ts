import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { freePorts } from '@callwright/channel-embedded/testing';
import type { ServerPrograms } from './programs.js';

const LOOPBACK = '127.0.0.1';
const CONFIGURATION = join(import.meta.dirname, '../../servers');
const START_MS = 30_000;

/** SIP and admin of drachtio-server, SIP and event socket of FreeSWITCH. */
export interface ServerPorts {
  readonly sip: number;
  readonly admin: number;
  readonly mediaSip: number;
  readonly event: number;
}

/** Ports on 127.0.0.1 that are free for UDP and TCP, below those that the system gives out by itself. */
export async function freeServerPorts(): Promise<ServerPorts> {
  const [sip, admin, mediaSip, event] = await freePorts(4, { from: 12_000, count: 7_000 });
  return { sip: sip!, admin: admin!, mediaSip: mediaSip!, event: event! };
}

export interface ServersOptions {
  readonly ports: ServerPorts;
  readonly rtp: { readonly min: number; readonly max: number };
  /** What may be there at once, and begin in a second: for measurements, which are of the server and not of its limits. */
  readonly limits?: { readonly sessions: number; readonly perSecond: number };
  readonly mediaTimeoutMs?: number;
}

const SECRETS = { drachtio: 'a-secret', freeswitch: 'another-secret' };

/** drachtio-server and FreeSWITCH on loopback, with the configuration that we ship. */
export class Servers {
  readonly options: ServersOptions;
  readonly secrets = SECRETS;
  /** A folder of theirs, which is gone when they are. */
  readonly folder: string;
  readonly freeswitch: ChildProcess;
  readonly drachtio: ChildProcess;

  private constructor(programs: ServerPrograms, options: ServersOptions) {
    this.options = options;
    this.folder = mkdtempSync(join(tmpdir(), 'callwright-servers-'));
    this.freeswitch = startFreeswitch(programs.freeswitch, this.folder, options);
    this.drachtio = startDrachtio(programs.drachtio, this.folder, options);
  }

  /** Resolves when both take connections and FreeSWITCH hears SIP. */
  static async start(programs: ServerPrograms, options: ServersOptions): Promise<Servers> {
    const servers = new Servers(programs, options);
    try {
      await Promise.all([
        listens(options.ports.event, servers.freeswitch),
        listens(options.ports.mediaSip, servers.freeswitch),
        listens(options.ports.admin, servers.drachtio),
      ]);
      return servers;
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  get running(): boolean {
    return isRunning(this.freeswitch) && isRunning(this.drachtio);
  }

  async stop(): Promise<void> {
    const running = [this.freeswitch, this.drachtio].filter(isRunning);
    const ended = running.map((child) => once(child, 'close'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function startFreeswitch(
  program: string,
  folder: string,
  { ports, rtp, limits, mediaTimeoutMs }: ServersOptions,
): ChildProcess {
  const [log, db, run] = ['log', 'db', 'run'].map((name) => join(folder, name)) as [string, string, string];
  for (const place of [log, db, run]) mkdirSync(place);
  const args = [
    '-nf',
    '-nc',
    '-nonat',
    '-conf',
    join(CONFIGURATION, 'freeswitch'),
    '-log',
    log,
    '-db',
    db,
    '-run',
    run,
  ];
  return spawn(program, args, {
    stdio: 'ignore',
    cwd: dirname(resolve(program)),
    env: {
      ...process.env,
      FREESWITCH_ADDRESS: LOOPBACK,
      FREESWITCH_SIP_PORT: String(ports.mediaSip),
      FREESWITCH_EVENT_PORT: String(ports.event),
      FREESWITCH_SECRET: SECRETS.freeswitch,
      FREESWITCH_RTP_MIN: String(rtp.min),
      FREESWITCH_RTP_MAX: String(rtp.max),
      FREESWITCH_MAX_SESSIONS: String(limits?.sessions ?? 1_000),
      FREESWITCH_SESSIONS_PER_SECOND: String(limits?.perSecond ?? 100),
      FREESWITCH_MEDIA_TIMEOUT_MS: String(mediaTimeoutMs ?? 60_000),
    },
  });
}

function startDrachtio(program: string, folder: string, { ports }: ServersOptions): ChildProcess {
  const args = [
    ...['--file', join(CONFIGURATION, 'drachtio.conf.xml'), '--stdout', '--loglevel', 'notice'],
    ...['--contact', `sip:${LOOPBACK}:${ports.sip};transport=udp,tcp`],
    ...['--address', LOOPBACK, '--port', String(ports.admin), '--secret', SECRETS.drachtio],
  ];
  return spawn(program, args, { stdio: 'ignore', cwd: folder });
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** Waits until a program takes TCP connections on a port. */
async function listens(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_MS;
  while (!(await connects(port))) {
    if (!isRunning(child)) throw new Error(`${child.spawnfile} ended with ${child.exitCode ?? child.signalCode}`);
    if (performance.now() > until)
      throw new Error(`${child.spawnfile} does not listen on ${port} after ${START_MS} ms`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

const connects = (port: number): Promise<boolean> =>
  new Promise((tell) => {
    const socket = createConnection(port, LOOPBACK);
    socket.on('error', () => tell(false));
    socket.on('connect', () => {
      socket.destroy();
      tell(true);
    });
  });
