import * as vitest from 'vitest';
import { describeChannel } from '@callwright/channel-contract/conformance';
import { GAPS } from './gaps.js';
import { LoopbackHarness } from './testing/loopback-harness.js';
import { findServers } from './testing/programs.js';

const programs = findServers();
const print = (line: string) => process.stdout.write(`${line}\n`);

if ('reason' in programs) {
  print(`DrachtioTelephony is not tested: ${programs.reason}`);
  vitest.describe.skip(`DrachtioTelephony keeps the promises of CallChannel (${programs.reason})`, () => {
    vitest.it('needs both servers', () => undefined);
  });
} else {
  const harness = new LoopbackHarness(programs);
  vitest.afterAll(() => {
    vitest.expect(harness.telephony.open).toEqual({ calls: 0, sessions: 0, rooms: 0 });
    vitest.expect(harness.host.logged).toEqual([]);
  });
  describeChannel(vitest, 'DrachtioTelephony', harness, { gaps: GAPS, print });
}
