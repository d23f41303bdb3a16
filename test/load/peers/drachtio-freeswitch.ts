import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeServerPorts, Servers, type ServerPrograms } from '@callwright/channel-drachtio/testing';
import { speech, wavOf } from '../../support/audio.js';
import { pause } from '../../support/eventually.js';
import type { System } from '../support/system.js';

const LOOPBACK = '127.0.0.1';
/** As many ports as the product is given. */
const RTP = { min: 20_000, max: 32_000 };
/** What is measured is the server, not its admission limits. */
const LIMITS = { sessions: 10_000, perSecond: 1_000 };

/** drachtio-server, FreeSWITCH and a small application between them, on loopback and on ports of their own. */
export class DrachtioFreeswitch implements System {
  readonly name = 'drachtio+FreeSWITCH';
  readonly #files = new Set<number>();

  private constructor(
    private readonly servers: Servers,
    private readonly application: ChildProcess,
  ) {}

  static async start(programs: ServerPrograms): Promise<DrachtioFreeswitch> {
    const ports = await freeServerPorts();
    const servers = await Servers.start(programs, { ports, rtp: RTP, limits: LIMITS });
    try {
      // The application gives up when the SIP side of FreeSWITCH is not there a second after it has connected.
      await pause(2_000);
      return new DrachtioFreeswitch(servers, await startApplication(servers));
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  get sipAddress(): string {
    return `${LOOPBACK}:${this.servers.options.ports.sip}`;
  }

  get pids(): readonly number[] {
    return [this.servers.freeswitch, this.servers.drachtio, this.application].map(({ pid }) => pid!);
  }

  get running(): boolean {
    return this.servers.running && isRunning(this.application);
  }

  async announce(number: string, seconds: number, times: number): Promise<void> {
    const file = join(this.servers.folder, `speech-${seconds}.wav`);
    if (!this.#files.has(seconds)) writeFileSync(file, wavOf(speech(seconds, 1)));
    this.#files.add(seconds);
    this.application.send({ [number]: { file, times } });
    await once(this.application, 'message');
  }

  async stop(): Promise<void> {
    if (isRunning(this.application)) {
      const ended = once(this.application, 'close');
      this.application.kill('SIGKILL');
      await ended;
    }
    await this.servers.stop();
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function startApplication({ options: { ports }, secrets }: Servers): Promise<ChildProcess> {
  const parts = {
    drachtio: { port: ports.admin, secret: secrets.drachtio },
    freeswitch: { port: ports.event, secret: secrets.freeswitch },
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
