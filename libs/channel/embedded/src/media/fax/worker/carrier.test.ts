import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFaxOptions, type FaxDirection } from '@callwright/fax';
import { detectFaxLibrary, Spandsp, type TerminalEnd } from '@callwright/fax-terminal';
import { chart, pixelsOf, writeChart } from '@callwright/fax-terminal/testing';
import type { MediaParameters } from '../../port.js';
import { RtpOutput } from '../../worker/rtp-output.js';
import { AudioCarrier, type CarrierParts } from './carrier.js';

/* Two faxes in G.711 over a road with weather on it (reliability D3), in virtual time: every run of a seed is the same. */

const TURN_MS = 20;
const LONGEST_MS = 400_000;
const PARAMETERS: MediaParameters = {
  codec: 'PCMU',
  payloadType: 0,
  telephoneEvent: null,
  direction: 'sendrecv',
  ptimeMs: 20,
  remoteAddress: '192.0.2.1',
  remotePort: 4000,
  learn: 'nobody',
};

interface Weather {
  /** Share of datagrams that never arrive. */
  readonly loss?: number;
  /** Each datagram is this late, more or less. */
  readonly jitterMs?: number;
  /** The sender's machine is busy: every so often it does nothing for a while, and makes up for it afterwards. */
  readonly stall?: { readonly everyMs: number; readonly forMs: number };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One way of the road. */
class Lane {
  readonly #under: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  constructor(
    private readonly weather: Weather,
    private readonly chance: () => number,
  ) {}

  send(bytes: Uint8Array, length: number, now: number): void {
    const { loss = 0, jitterMs = 0 } = this.weather;
    if (this.chance() < loss) return;
    this.#under.push({ at: now + jitterMs * (1 + (2 * this.chance() - 1)), bytes: bytes.slice(0, length) });
    this.#under.sort((a, b) => a.at - b.at);
  }

  receive(now: number): Uint8Array | null {
    return (this.#under[0]?.at ?? Infinity) <= now ? (this.#under.shift()?.bytes ?? null) : null;
  }
}

const library = detectFaxLibrary();

describe.skipIf(!library.available)('a fax in G.711 (skipped without libspandsp2)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callwright-carrier-'));
  const page = join(folder, 'page.tif');
  const spandsp = new Spandsp();
  writeChart(page, [chart(1, { height: 150 })]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function fax(weather: Weather, seed: number): { ends: (TerminalEnd | null)[]; received: string } {
    const reading = readFaxOptions({});
    if (!reading.ok) throw new Error(reading.explanation);
    const chance = random(seed);
    const received = join(folder, `received-${seed}-${Math.round(chance() * 1e9)}.tif`);
    const [there, back] = [new Lane(weather, chance), new Lane(weather, chance)];
    const ends: (TerminalEnd | null)[] = [null, null];
    let now = 0;
    const end = (index: number, direction: FaxDirection, file: string, out: Lane, incoming: Lane) => {
      const buffer = new Uint8Array(2048);
      const parts: CarrierParts = {
        spandsp,
        buffer,
        request: { direction, file, setup: reading.setup },
        farEnd: {
          configure: () => true,
          isFrom: () => true,
          send: (bytes, length) => out.send(bytes, length, now),
          receive: () => {
            const bytes = incoming.receive(now);
            if (bytes) buffer.set(bytes);
            return bytes?.length ?? 0;
          },
        },
        events: {
          signal: () => undefined,
          negotiated: () => undefined,
          page: () => undefined,
          ended: (told) => void (ends[index] = told),
        },
      };
      return new AudioCarrier(parts, new RtpOutput(), PARAMETERS);
    };
    const sender = end(0, 'send', page, there, back);
    const receiver = end(1, 'receive', received, back, there);
    const { everyMs = Infinity, forMs = 0 } = weather.stall ?? {};
    let owed = 0;
    for (; now < LONGEST_MS && ends.includes(null); now += TURN_MS) {
      owed++;
      if (now % everyMs < everyMs - forMs) for (; owed > 0; owed--) sender.turn(now);
      receiver.turn(now);
    }
    sender.terminal.close();
    receiver.terminal.close();
    return { ends, received };
  }

  it.each<readonly [string, Weather]>([
    ['on a clean road', {}],
    ['with 60 ms of jitter', { jitterMs: 60 }],
    ['from a machine that is a fifth of a second late every second', { stall: { everyMs: 1_000, forMs: 200 } }],
  ])(
    'arrives bit by bit %s',
    (_title, weather) => {
      for (const seed of [1, 2, 3]) {
        const { ends, received } = fax(weather, seed);
        expect(ends.map((one) => [one?.code, one?.pages])).toEqual([
          [0, 1],
          [0, 1],
        ]);
        expect(pixelsOf(received)).toEqual(pixelsOf(page));
      }
    },
    300_000,
  );

  it.each([
    [0.001, 10],
    [0.01, 5],
  ])(
    'with 60 ms of jitter and a share of %f lost arrives bit by bit at least %i times of ten',
    (loss, least) => {
      let arrived = 0;
      for (let seed = 1; seed <= 10; seed++) {
        const { ends, received } = fax({ loss, jitterMs: 60 }, seed);
        if (ends[0]?.code !== 0) continue;
        arrived++;
        expect(pixelsOf(received)).toEqual(pixelsOf(page));
      }
      expect(arrived).toBeGreaterThanOrEqual(least);
    },
    300_000,
  );
});
