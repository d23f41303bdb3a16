import { describe, expect, it } from 'vitest';
import { climb, type Climbed } from './support/climb.js';
import { holdCalls, isSound, type Held } from './support/held-calls.js';
import { inTurns, PEER_NAME } from './support/in-turns.js';
import { median, QUICK, report } from './support/report.js';
import { rtpgen } from './support/rtpgen.js';
import type { System } from './support/system.js';

/* Calls at once, with sound both ways: how many are held, how evenly it comes, and what one costs. */

const RAMP_SECONDS = QUICK ? 10 : 20;
const MEASURED_SECONDS = QUICK ? 8 : 20;
/** Where the search begins, and the steps that it takes, ours and the peer's. */
const OURS = { start: 500, levels: QUICK ? [500] : [500, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500] };
const PEER = { start: QUICK ? 200 : 400, levels: QUICK ? [200] : [100, 200, 300, 400, 500, 600, 700] };

describe.skipIf(!rtpgen.program)(`calls at once${rtpgen.reason ? ` (not measured: ${rtpgen.reason})` : ''}`, () => {
  it('how many are held with sound audio', async () => {
    const { ours, peer } = await inTurns<Climbed<Held>>((system, before) => {
      const { levels, start } = system.name === PEER_NAME ? PEER : OURS;
      return climb(levels, before?.level ?? start, (calls) => hold(system, calls));
    });

    const figure = (name: string, unit: string, of: (held: Climbed<Held>) => number) => {
      const [value, other] = [median(ours.map(of)), median(peer.map(of))];
      report({ name, value, unit, peer: { name: PEER_NAME, value: other } });
      if (peer.length > 0) report({ name: `${PEER_NAME}.${name}`, value: other, unit });
    };
    figure('calls-at-once', 'calls', ({ level }) => level);
    figure('calls-at-once-cpu-a-call', '% of a core', ({ at, level }) => (at ? (100 * at.cpu) / level : Number.NaN));
    figure('calls-at-once-deviation-p99', 'ms', ({ at }) => at?.heard[0]?.deviationMs.p99 ?? Number.NaN);
    figure('calls-at-once-packets-per-second', '1/s', ({ at }) => at?.heard[0]?.packetsPerSecond ?? Number.NaN);
    expect(median(ours.map(({ level }) => level))).toBeGreaterThan(0);
  });
});

async function hold(system: System, calls: number): Promise<Held | null> {
  const held = await holdCalls(system, { calls, rampSeconds: RAMP_SECONDS, measuredSeconds: MEASURED_SECONDS });
  const { cpu, heard, signalling } = held;
  const { failed, retransmissions } = signalling;
  const { cpu: generatorCpu, ...sound } = heard[0] ?? { cpu: Number.NaN };
  console.error(
    `${system.name}: ${calls} calls`,
    JSON.stringify({ isSound: isSound(held), cpu, generatorCpu, failed, retransmissions, ...sound }),
  );
  return isSound(held) ? held : null;
}
