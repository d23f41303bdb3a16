import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import { speech, wavOf } from '../support/audio.js';
import { Product } from '../support/product.js';
import { sipp } from '../support/sipp.js';
import { buildRtpgen } from './rtpgen/build.mjs';
import { cpuShare } from './support/cpu.js';
import { QUICK, report } from './support/report.js';

/*
 * Calls at once, each hearing a prompt and sending G.711 all the time: what arrives at the receiver, by the kernel's time stamps.
 * The signalling comes from SIPp, the media from rtpgen; both and the product share the machine.
 */

/** 500 with media both ways is the most that drachtio and FreeSWITCH held with sound audio on two cores. */
const PEER = { name: 'drachtio+FreeSWITCH', calls: 500 };
const LEVELS = QUICK ? [500] : [500, 1_000, 1_500, 2_000];
const PROMPT_SECONDS = 30;
const PER_SECOND = 50;
const MEASURED_SECONDS = QUICK ? 10 : 20;
/** Even ports from here on: SIPp gives every call the next but one. The first it binds itself, so that the first call is not measured. Below what systems give to others. */
const MEDIA_PORT = 11_000;
/** SIPp counts its media ports modulo ten thousand, in steps of four. */
const MOST_CALLS = 2_500;

/** Until every call is there and has settled. */
const warmUpOf = (calls: number) => Math.ceil(calls / PER_SECOND) + 3;

interface Heard {
  readonly heard: number;
  readonly lost: number;
  readonly packetsPerSecond: number;
  readonly deviationMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const rtpgen = await buildRtpgen();

describe.skipIf(!rtpgen.program)(`calls at once${rtpgen.reason ? ` (not measured: ${rtpgen.reason})` : ''}`, () => {
  let product: Product;
  /** How long a call must last so that all are there while it is measured. */
  const seconds = (calls: number) => warmUpOf(calls) + MEASURED_SECONDS + 5;
  const caller = readFileSync(join(import.meta.dirname, '../fixtures/sipp/listening-caller.xml'), 'utf8')
    .replaceAll('[service]', '1000')
    .replace('RTP/AVP 0\na=rtpmap:0 PCMU/8000', 'RTP/AVP 8\na=rtpmap:8 PCMA/8000')
    .replace('timeout="15000"', 'timeout="180000"');

  beforeAll(async () => {
    product = await Product.start({ env: { RTP_PORT_MIN: '20000', RTP_PORT_MAX: '32000', LOG_LEVEL: 'warn' } });
    await (await product.admin()).upload('prompt', wavOf(speech(PROMPT_SECONDS, 1)));
  });
  afterAll(() => product?.stop());

  it('how many are held with sound audio', { timeout: 1_200_000 }, async () => {
    const api = await product.admin();
    let best = 0;
    for (const calls of LEVELS) {
      const id = `prompt-for-${calls}`;
      await api.deploy(
        scenario(id, {
          answer: node('answer', {}, { answered: 'play' }),
          play: node(
            'play',
            { prompt: [{ play: 'prompt' }], loop: Math.ceil(seconds(calls) / PROMPT_SECONDS) },
            { done: 'bye' },
          ),
          bye: node('hang-up'),
        }),
        `1${calls}`,
      );
      const heard = listen(calls, MEASURED_SECONDS);
      const signalling = sipp({
        scenario: caller.replaceAll('sip:1000@', `sip:1${calls}@`),
        server: product.sipAddress,
        calls: calls + 1,
        perSecond: PER_SECOND,
        mediaPort: MEDIA_PORT,
        timeoutMs: (seconds(calls) + 60) * 1000,
      });
      const cpu = await cpuShare(product.pid, warmUpOf(calls) * 1000, (MEASURED_SECONDS - 5) * 1000);
      const { deviationMs, lost, packetsPerSecond, ...rest } = await heard;
      const { failed, retransmissions } = await signalling;

      report({ name: `calls-${calls}-deviation-p99`, value: deviationMs.p99, unit: 'ms' });
      report({ name: `calls-${calls}-packets-per-second`, value: packetsPerSecond, unit: 'packets/s' });
      report({ name: `calls-${calls}-lost`, value: lost, unit: 'packets' });
      report({ name: `calls-${calls}-cpu-a-call`, value: (100 * cpu) / calls, unit: '% of a core' });
      const sound =
        rest.heard === calls &&
        failed === 0 &&
        retransmissions === 0 &&
        deviationMs.p99 < 10 &&
        packetsPerSecond > 49.5;
      if (!sound) {
        console.error({ calls, ...rest, failed, retransmissions, deviationMs, lost, packetsPerSecond });
        break;
      }
      best = calls;
    }
    report({ name: 'calls-at-once', value: best, unit: 'calls', peer: { name: PEER.name, value: PEER.calls } });
    expect(product.running).toBe(true);
    expect(best).toBeGreaterThan(0);
  });
});

/** Sends and receives the media of so many SIPp calls; counts once all of them are there. */
function listen(calls: number, forSeconds: number): Promise<Heard> {
  expect(calls).toBeLessThanOrEqual(MOST_CALLS);
  const args = ['127.0.0.1', MEDIA_PORT + 4, 2 * calls, forSeconds, '--warm-up', warmUpOf(calls)].map(String);
  return new Promise((resolve, reject) => {
    const child = spawn(rtpgen.program!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(out) as Heard) : reject(new Error(`rtpgen ended with ${code}`)),
    );
  });
}
