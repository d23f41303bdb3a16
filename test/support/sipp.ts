import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.js';

export interface SippOptions {
  /** The scenario, XML as SIPp reads it. */
  readonly scenario: string;
  /** Address of the product's SIP side. */
  readonly server: string;
  readonly calls?: number;
  readonly perSecond?: number;
  readonly transport?: 'udp' | 'tcp';
  /** Values for `[key]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>;
  /** First port that `[auto_media_port]` gives. */
  readonly mediaPort?: number;
  readonly timeoutMs?: number;
}

export interface SippResult {
  /** 0: every call went as the scenario says. */
  readonly code: number | null;
  /** What SIPp found unexpected, and its error log. */
  readonly errors: string;
  readonly successful: number;
  readonly failed: number;
  readonly retransmissions: number;
  /** Of each call, from INVITE to 200 OK, in ms. */
  readonly answerMs: readonly number[];
  /** All times that were measured, in ms, by the names that the scenario gives them (`1` without one). */
  readonly timesMs: Readonly<Record<string, readonly number[]>>;
}

/** Runs a SIPp scenario to its end. */
export async function sipp(options: SippOptions): Promise<SippResult> {
  const {
    scenario,
    server,
    calls = 1,
    perSecond = 10,
    transport = 'udp',
    keys = {},
    mediaPort,
    timeoutMs = 30_000,
  } = options;
  const folder = mkdtempSync(join(tmpdir(), 'callwright-sipp-'));
  try {
    writeFileSync(join(folder, 'scenario.xml'), scenario);
    const args = [
      ...[server, '-sf', 'scenario.xml', '-i', '127.0.0.1', '-p', String(await freePort())],
      ...['-m', String(calls), '-r', String(perSecond), '-t', transport === 'udp' ? 'u1' : 't1'],
      ...[
        '-nostdin',
        '-trace_err',
        '-trace_stat',
        '-fd',
        '1',
        '-trace_rtt',
        '-rtt_freq',
        '1',
        '-l',
        String(calls),
        '-timeout',
        `${Math.ceil(timeoutMs / 1000)}s`,
        '-timeout_error',
      ],
      ...(mediaPort === undefined ? [] : ['-mp', String(mediaPort)]),
      ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
    ];
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn('sipp', args, { cwd: folder, stdio: 'ignore' });
      child.on('error', reject);
      child.on('close', resolve);
    });
    const written = (ending: string) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('\n');
    const timesMs = responseTimes(written('_rtt.csv'));
    return {
      code,
      errors: written('_errors.log'),
      ...statistics(written('_.csv')),
      answerMs: timesMs['1'] ?? [],
      timesMs,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The cumulative counters in the last line of SIPp's statistics. */
function statistics(csv: string): Pick<SippResult, 'successful' | 'failed' | 'retransmissions'> {
  const lines = csv.trim().split('\n');
  const [names, values] = [lines[0]?.split(';') ?? [], lines.at(-1)?.split(';') ?? []];
  const counter = (name: string) => Number(values[names.indexOf(name)] ?? Number.NaN);
  return {
    successful: counter('SuccessfulCall(C)'),
    failed: counter('FailedCall(C)'),
    retransmissions: counter('Retransmissions(C)'),
  };
}

/** Lines of `Date_ms;response_time_ms;rtd_name`. */
function responseTimes(csv: string): Record<string, number[]> {
  const times: Record<string, number[]> = {};
  for (const line of csv.split('\n')) {
    const [, time, name = '1'] = line.split(';');
    if (time === undefined || !Number.isFinite(Number(time))) continue;
    (times[name.trim()] ??= []).push(Number(time));
  }
  return times;
}
