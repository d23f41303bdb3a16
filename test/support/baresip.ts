import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLES_PER_SECOND, samplesOf, wavOf } from './audio.js';
import { eventually, pause } from './eventually.js';
import { freePort } from './ports.js';

export interface PhoneOptions {
  readonly username: string;
  /** Address of the product's SIP side. */
  readonly server: string;
  /** With a password the phone registers; without it, it is a stranger that only calls. */
  readonly password?: string;
  /** What it says into the call, 8 kHz. Silence when nothing is given. */
  readonly says?: Int16Array;
  /** Answers by itself when it is rung. */
  readonly answers?: boolean;
  readonly transport?: 'udp' | 'tcp';
  readonly codec?: 'pcmu' | 'pcma';
}

interface PhoneEvent {
  readonly type: string;
  readonly param?: string;
  readonly [field: string]: unknown;
}

/**
 * A real SIP phone: a baresip process of its own with a generated configuration, driven through its control socket. What it
 * hears is written to a WAV file by baresip itself, straight from the RTP that it received.
 */
export class BaresipPhone {
  readonly events: PhoneEvent[] = [];
  private received = '';

  private constructor(
    readonly options: PhoneOptions,
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly control: Socket,
    private readonly written: () => string,
  ) {
    control.setEncoding('utf8');
    control.on('data', (chunk: string) => this.read(chunk));
    control.on('error', () => undefined); // The phone was switched off; `child` tells.
  }

  static async start(options: PhoneOptions): Promise<BaresipPhone> {
    const folder = mkdtempSync(join(tmpdir(), `callwright-phone-${options.username}-`));
    mkdirSync(join(folder, 'heard'));
    const [sipPort, controlPort] = [await freePort(), await freePort()];
    writeFileSync(join(folder, 'says.wav'), wavOf(withSilenceBehind(options.says ?? new Int16Array(0))));
    writeFileSync(join(folder, 'config'), configuration(folder, sipPort, controlPort));
    writeFileSync(join(folder, 'accounts'), account(options));
    writeFileSync(join(folder, 'contacts'), '');
    const child = spawn('baresip', ['-f', folder], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const written: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => written.push(chunk.toString()));
    }
    const output = () => written.join('');
    try {
      const control = await eventually('baresip takes commands', () => connected(controlPort));
      const phone = new BaresipPhone(options, folder, child, control, output);
      // It may have registered before somebody listened to its events.
      if (options.password !== undefined)
        await eventually('registered', () => /\} 200 OK .*\[\d+ binding/.test(output()));
      return phone;
    } catch (error) {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      const what = options.password === undefined ? 'start' : 'register';
      throw new Error(`${options.username} could not ${what}:\n${output().slice(-2000)}`, { cause: error });
    }
  }

  /** Calls a number of the product; resolves when the call is answered. */
  async call(number: string): Promise<void> {
    this.dial(number);
    await this.saw('CALL_ESTABLISHED');
  }

  /** Calls without waiting for anything. */
  dial(number: string): void {
    this.command('dial', `sip:${number}@${this.options.server}`);
  }

  answer(): void {
    this.command('accept');
  }

  /** Presses one key (RFC 4733), as a finger does. */
  async press(key: string): Promise<void> {
    this.command('sndcode', key);
    await pause(250);
  }

  hangUp(): void {
    this.command('hangup');
  }

  hold(): void {
    this.command('hold');
  }

  resume(): void {
    this.command('resume');
  }

  /** The first event of that type since the phone was switched on, or since `forget`. */
  async saw(type: string, timeoutMs = 30_000): Promise<PhoneEvent> {
    try {
      return await eventually(type, () => this.events.find((event) => event.type === type), timeoutMs);
    } catch {
      const seen = this.events.map((event) => event.type).join(' ');
      throw new Error(
        `${this.options.username} did not see ${type} within ${timeoutMs} ms. It saw: ${seen}\n${this.output.slice(-1500)}`,
      );
    }
  }

  forget(): void {
    this.events.length = 0;
  }

  /** Everything that was heard in the last call, from the RTP that arrived. */
  heard(): Int16Array {
    const files = readdirSync(join(this.folder, 'heard')).filter((name) => name.endsWith('-dec.wav'));
    const newest = files.sort().at(-1);
    return newest === undefined ? new Int16Array(0) : samplesOf(readFileSync(join(this.folder, 'heard', newest)));
  }

  /** What baresip wrote to its terminal. */
  get output(): string {
    return this.written();
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.command('quit');
      const timer = setTimeout(() => this.child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(timer);
    }
    this.control.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The power is cut: no BYE, no unregistering. */
  async crash(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  private command(command: string, params?: string): void {
    const message = JSON.stringify({ command, ...(params !== undefined && { params }) });
    this.control.write(`${Buffer.byteLength(message)}:${message},`);
  }

  /** Netstrings: `LENGTH:JSON,` */
  private read(chunk: string): void {
    this.received += chunk;
    for (;;) {
      const colon = this.received.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.received.slice(0, colon));
      if (this.received.length < colon + length + 2) return;
      const message = JSON.parse(this.received.slice(colon + 1, colon + 1 + length)) as PhoneEvent & {
        event?: boolean;
      };
      this.received = this.received.slice(colon + length + 2);
      if (message.event) this.events.push(message);
    }
  }
}

const connected = (port: number) =>
  new Promise<Socket | null>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });

const SILENCE_SECONDS = 240;

/** baresip hangs up at the end of its source file: a caller who has finished is silent and stays. */
function withSilenceBehind(says: Int16Array): Int16Array {
  const samples = new Int16Array(says.length + SILENCE_SECONDS * SAMPLES_PER_SECOND);
  samples.set(says);
  return samples;
}

/** The ALSA device `null` takes what is heard at the pace of a sound card, without one. */
function configuration(folder: string, sipPort: number, controlPort: number): string {
  return `poll_method epoll
sip_listen 127.0.0.1:${sipPort}
net_interface 127.0.0.1
call_local_timeout 120
call_max_calls 4
audio_source aufile,${folder}/says.wav
audio_player alsa,null
audio_alert alsa,null
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
audio_buffer 20-160
jitter_buffer_type off
jitter_buffer_delay 0-0
rtp_ports 47000-49000
module_path /usr/lib/baresip/modules
module g711.so
module alsa.so
module aufile.so
module sndfile.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${controlPort}
snd_path ${folder}/heard
`;
}

function account(options: PhoneOptions): string {
  const { username, server, password, answers, transport = 'udp', codec = 'pcmu' } = options;
  const parameters = [
    `outbound="sip:${server};transport=${transport}"`,
    `auth_pass=${password ?? ''}`,
    password === undefined ? 'regint=0' : 'regint=60',
    `answermode=${answers ? 'auto' : 'manual'}`,
    `audio_codecs=${codec}/8000/1`,
  ];
  return `<sip:${username}@${server};transport=${transport}>;${parameters.join(';')}\n`;
}
