import { expect, it } from 'vitest';
import { climb } from './support/climb.js';
import { inTurns, PEER_NAME } from './support/in-turns.js';
import { median, percentile, QUICK, report } from './support/report.js';
import { isFaultless, overload, prepare, setUp, type Overload, type SetUps } from './support/set-ups.js';
import type { System } from './support/system.js';

/*
 * Answer, a prompt of two seconds, BYE: how many of these a second before one of them fails or a message must be sent again; how soon
 * they are answered at half of that; and what comes of twice as many.
 */

const SECONDS = QUICK ? 4 : 15;
const OURS = QUICK ? [40, 80, 160, 320] : [40, 80, 120, 160, 200, 240, 280, 320, 360, 400, 480];
const PEER = QUICK ? [40] : [20, 40, 60, 70, 80, 90, 100, 120];

interface Measured {
  readonly best: number;
  readonly atBest: SetUps | null;
  readonly atHalf: SetUps | null;
  readonly beyond: Overload | null;
}

it('how many calls a second are set up without a fault', async () => {
  const { ours, peer } = await inTurns(measure, { MAX_CALLS_PER_SECOND: '2000' });
  const figure = (name: string, unit: string, of: (measured: Measured) => number) => {
    const [value, other] = [median(ours.map(of)), median(peer.map(of))];
    if (Number.isNaN(value)) return;
    report({ name, value, unit, peer: { name: PEER_NAME, value: other } });
    if (peer.length > 0) report({ name: `${PEER_NAME}.${name}`, value: other, unit });
  };
  const answers = (share: number) => (measured: Measured) => percentile(measured.atHalf?.sipp.answerMs ?? [], share);
  figure('set-ups', 'calls/s', ({ best }) => best);
  figure('set-ups-cpu-a-call', 'ms', ({ atBest }) => atBest?.cpuMsACall ?? Number.NaN);
  figure('answer-at-half-load-p50', 'ms', answers(0.5));
  figure('answer-at-half-load-p99', 'ms', answers(0.99));
  figure('overload-goodput', '% of set-ups', ({ beyond, best }) =>
    beyond ? (100 * beyond.goodput) / best : Number.NaN,
  );
  figure('overload-refusal-p99', 'ms', ({ beyond }) => percentile(beyond?.refusedMs ?? [], 0.99));
  figure('overload-lost', 'calls', ({ beyond }) => beyond?.lost ?? Number.NaN);
  expect(median(ours.map(({ best }) => best))).toBeGreaterThan(0);
});

async function measure(system: System, before: Measured | null): Promise<Measured> {
  await prepare(system);
  const levels = system.name === PEER_NAME ? PEER : OURS;
  const { level: best, at: atBest } = await climb(levels, before?.best ?? levels[0]!, async (perSecond) => {
    const measured = await setUp(system, perSecond, SECONDS);
    const { failed, retransmissions, answerMs, code } = measured.sipp;
    const p99 = percentile(answerMs, 0.99);
    console.error(
      `${system.name}: ${perSecond} set-ups/s`,
      JSON.stringify({ code, failed, retransmissions, p99, cpuMs: measured.cpuMsACall }),
    );
    return isFaultless(measured) ? measured : null;
  });
  const atHalf = best > 0 ? await setUp(system, Math.floor(best / 2), SECONDS) : null;
  // Last, for it may leave a system that no longer works.
  const beyond = best > 0 && !QUICK ? await overload(system, 2 * best, SECONDS) : null;
  if (beyond)
    console.error(
      `${system.name}: ${2 * best} set-ups/s`,
      JSON.stringify({ ...beyond, refusedMs: beyond.refusedMs.length }),
    );
  return { best, atBest, atHalf, beyond };
}
