import { spawn } from 'node:child_process';
import { buildRtpgen } from '../rtpgen/build.mjs';

/** What arrived at the receiver in one window, by the kernel's time stamps. */
export interface Heard {
  /** Streams that got anything. */
  readonly heard: number;
  readonly received: number;
  readonly lost: number;
  /** Of a stream; 50 is right. */
  readonly packetsPerSecond: number;
  /** How far the time between two packets of a stream is from 20 ms. */
  readonly deviationMs: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
  /** The generator's own share of a core. */
  readonly cpu: number;
}

export const rtpgen = await buildRtpgen();

/** Runs the generator with its own arguments (see rtpgen.c); `onWindow` hears of each window at its end. */
export function runRtpgen(
  args: readonly (string | number)[],
  onWindow: (heard: Heard) => void = () => undefined,
): Promise<Heard[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(rtpgen.program!, args.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
    const windows: Heard[] = [];
    let rest = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        windows.push(JSON.parse(line) as Heard);
        onWindow(windows.at(-1)!);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(windows) : reject(new Error(`rtpgen ended with ${code}: ${errors.trim()}`)),
    );
  });
}
