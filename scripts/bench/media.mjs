/**
 * The media engine without SIP: sessions that each play a prompt to, and listen to, a telephone of `rtpgen`.
 *
 *   node scripts/bench/media.mjs [--sessions 500,1000,2000] [--seconds 10] [--workers N] [--transport auto|dgram] [--busy] [--rounds 1]
 *
 * Runs the built engine (`npm start` builds them). Prints `bench NAME value unit (ratio R to PEER)`; the peer is the same work done by a
 * C program (rtpgen against itself, copying only), run in turns with ours. `--busy` keeps the main thread busy for 40 ms of every 150,
 * as a large API request would. Profile with: node --cpu-prof scripts/bench/media.mjs --sessions 1000 --no-peer
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createMediaEngine } from '@callwright/channel-embedded/media';
import { voice } from '@callwright/media/testing';

const { values: options } = parseArgs({
  options: {
    sessions: { type: 'string', default: '500,1000,2000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '1' },
    workers: { type: 'string' },
    transport: { type: 'string', default: 'auto' },
    busy: { type: 'boolean', default: false },
    'no-peer': { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const ADDRESS = '127.0.0.1';
const PHONES = 40_000;
const ENGINE = 20_000;
const WARM_UP = 3;

const build = fileURLToPath(new URL('../../test/load/rtpgen/build.mjs', import.meta.url));
const { program, reason } = JSON.parse(execFileSync(process.execPath, [build], { encoding: 'utf8' }));
if (!program) {
  console.log(`skipped media: ${reason}`);
  process.exit(0);
}

function generator(...args) {
  const child = spawn(program, [ADDRESS, ...args.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (data) => (out += data));
  const ready = once(child.stderr, 'data');
  const result = once(child, 'close').then(() => JSON.parse(out));
  return { ready, result, measure: () => child.kill('SIGUSR1') };
}

const passed = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ours(sessions) {
  const engine = createMediaEngine({
    rtpPortMin: ENGINE,
    rtpPortMax: ENGINE + 2 * sessions + 20,
    sendAllowed: { allow: ['127.0.0.0/8'] },
    transport: options.transport,
    ...(options.workers ? { workers: Number(options.workers) } : {}),
  });
  await engine.start();
  const phones = generator(PHONES, sessions, seconds, '--on-signal');
  await phones.ready;
  const audio = [{ key: 'prompt', pcm: voice(8000 * 30) }];
  for (let n = 0; n < sessions; n++) {
    const session = await engine.open({ callId: `call ${n}`, address: ADDRESS });
    session.configure({
      remoteAddress: ADDRESS,
      remotePort: PHONES + 2 * n,
      codec: 'PCMA',
      payloadType: 8,
      telephoneEvent: 101,
      direction: 'sendrecv',
      ptimeMs: 20,
      learnAddress: true,
    });
    session.play({ id: 1, audio, loop: 0, bargeIn: true });
    if (n % 10 === 9) await passed(10);
  }
  await passed(WARM_UP * 1000);
  const busy = options.busy ? setInterval(burn, 150) : null;
  phones.measure();
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await passed(seconds * 1000 - 500);
  const cpu = process.cpuUsage(cpuBefore);
  const cores = (cpu.user + cpu.system) / 1000 / (performance.now() - before);
  const late = engine.load.tickLateP99Ms;
  const result = await phones.result;
  if (busy) clearInterval(busy);
  await engine.stop();
  return { ...result, cpu: cores, late };
}

function burn() {
  const end = performance.now() + 40;
  while (performance.now() < end);
}

async function theirs(sessions) {
  const phones = generator(PHONES, sessions, seconds, '--warm-up', WARM_UP);
  await phones.ready;
  const peer = generator(ENGINE, sessions, seconds, '--warm-up', WARM_UP, '--to', PHONES);
  const [result, { cpu }] = await Promise.all([phones.result, peer.result]);
  return { ...result, cpu };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

function print(name, value, unit, peer) {
  console.log(`bench ${name} ${value} ${unit}${peer ? ` (ratio ${(value / peer).toFixed(2)} to C reference)` : ''}`);
}

for (const sessions of options.sessions.split(',').map(Number)) {
  const engine = [];
  const reference = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    engine.push(await ours(sessions));
    if (!options['no-peer']) reference.push(await theirs(sessions));
  }
  const of = (runs, pick) => (runs.length === 0 ? 0 : median(runs.map(pick)));
  const both = (name, pick, unit, digits) =>
    print(
      `media.${sessions}.${name}`,
      Number(of(engine, pick).toFixed(digits)),
      unit,
      Number(of(reference, pick).toFixed(digits)),
    );
  both('cpu-per-session', ({ cpu }) => (cpu * 100) / sessions, '%-of-a-core', 4);
  both('inter-arrival-deviation-p99', ({ deviationMs }) => deviationMs.p99, 'ms', 2);
  both('inter-arrival-deviation-p999', ({ deviationMs }) => deviationMs.p999, 'ms', 2);
  both('packets-per-second', ({ packetsPerSecond }) => packetsPerSecond, '1/s', 2);
  print(
    `media.${sessions}.lost`,
    of(engine, ({ lost }) => lost),
    'packets',
  );
  print(`media.${sessions}.tick-late-p99`, Number(of(engine, ({ late }) => late).toFixed(2)), 'ms');
}
