import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { speech, wavOf } from '../../support/audio.js';
import { eventually, pause } from '../../support/eventually.js';
import { freePort } from '../../support/ports.js';
import type { System } from '../support/system.js';
import type { PeerPrograms } from './found.js';

const LOOPBACK = '127.0.0.1';
const SECRETS = { drachtio: 'cymru', freeswitch: 'ClueCon' };
/** As many ports as the product is given. */
const RTP = { min: 20_000, max: 32_000 };

/** drachtio-server, FreeSWITCH and a small application between them, on loopback and on ports of their own. */
export class DrachtioFreeswitch implements System {
  readonly name = 'drachtio+FreeSWITCH';
  readonly #files = new Set<number>();

  private constructor(
    readonly sipAddress: string,
    private readonly folder: string,
    private readonly processes: {
      readonly freeswitch: ChildProcess;
      readonly drachtio: ChildProcess;
      readonly application: ChildProcess;
    },
  ) {}

  static async start(programs: PeerPrograms): Promise<DrachtioFreeswitch> {
    const folder = mkdtempSync(join(tmpdir(), 'callwright-peer-'));
    const [sipPort, adminPort, mediaSipPort, eventPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const freeswitch = startFreeswitch(programs.freeswitch, folder, mediaSipPort, eventPort);
    const drachtio = startDrachtio(programs.drachtio, folder, sipPort, adminPort);
    try {
      await Promise.all([listens(eventPort, freeswitch), listens(adminPort, drachtio)]);
      // The application gives up when the SIP side of FreeSWITCH is not there a second after it has connected.
      await pause(2_000);
      const application = await startApplication(adminPort, eventPort);
      return new DrachtioFreeswitch(`${LOOPBACK}:${sipPort}`, folder, { freeswitch, drachtio, application });
    } catch (error) {
      freeswitch.kill('SIGKILL');
      drachtio.kill('SIGKILL');
      throw error;
    }
  }

  get pids(): readonly number[] {
    return Object.values(this.processes).map(({ pid }) => pid!);
  }

  get running(): boolean {
    return Object.values(this.processes).every(isRunning);
  }

  async announce(number: string, seconds: number, times: number): Promise<void> {
    const file = join(this.folder, `speech-${seconds}.wav`);
    if (!this.#files.has(seconds)) writeFileSync(file, wavOf(speech(seconds, 1)));
    this.#files.add(seconds);
    this.processes.application.send({ [number]: { file, times } });
    await once(this.processes.application, 'message');
  }

  async stop(): Promise<void> {
    const all = Object.values(this.processes).filter(isRunning);
    const ended = all.map((child) => once(child, 'close'));
    for (const child of all) child.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

function startFreeswitch(program: string, folder: string, sipPort: number, eventPort: number): ChildProcess {
  const places = ['log', 'db', 'run'].map((name) => join(folder, name));
  for (const place of places) mkdirSync(place);
  const [log, db, run] = places as [string, string, string];
  return spawn(
    program,
    ['-nf', '-nc', '-nonat', '-conf', join(import.meta.dirname, 'freeswitch'), '-log', log, '-db', db, '-run', run],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        BENCH_SIP_PORT: String(sipPort),
        BENCH_EVENT_PORT: String(eventPort),
        BENCH_RTP_MIN: String(RTP.min),
        BENCH_RTP_MAX: String(RTP.max),
      },
      cwd: dirname(resolve(program)),
    },
  );
}

function startDrachtio(program: string, folder: string, sipPort: number, adminPort: number): ChildProcess {
  const args = [
    ...['--file', join(import.meta.dirname, 'drachtio.conf.xml'), '--stdout', '--loglevel', 'notice'],
    ...['--contact', `sip:${LOOPBACK}:${sipPort};transport=udp,tcp`],
    ...['--address', LOOPBACK, '--port', String(adminPort), '--secret', SECRETS.drachtio],
  ];
  return spawn(program, args, { stdio: 'ignore', cwd: folder });
}

async function startApplication(adminPort: number, eventPort: number): Promise<ChildProcess> {
  const parts = {
    drachtio: { port: adminPort, secret: SECRETS.drachtio },
    freeswitch: { port: eventPort, secret: SECRETS.freeswitch },
  };
  const child = fork(join(import.meta.dirname, 'application.mjs'), [JSON.stringify(parts)], {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: [],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The application of the peer ended before it was ready.');
  });
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

const listens = (port: number, child: ChildProcess) =>
  eventually(
    `${child.spawnfile} listens on ${port}`,
    () =>
      new Promise<boolean>((resolve, reject) => {
        if (!isRunning(child)) return reject(new Error(`it ended with ${child.exitCode}`));
        const socket = createConnection(port, LOOPBACK);
        socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
        socket.on('connect', () => socket.destroy());
      }),
    20_000,
  );
