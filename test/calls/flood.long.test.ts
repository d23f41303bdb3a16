import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSocket, type Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { node, scenario, waitingRoom } from '../fixtures/scenarios.js';
import type { Api } from '../support/api.js';
import { speech, wavOf } from '../support/audio.js';
import { pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { RawCall } from '../support/raw-call.js';
import { offer, RawUdp } from '../support/raw-sip.js';
import { sipp } from '../support/sipp.js';

/* Reliability E5: 2,000 INVITEs, 2,000 REGISTERs and 500 pieces of junk a second from one source, while others telephone. */

const SECONDS = Number(process.env.FLOOD_SECONDS ?? 60);
const PER_SECOND = 2_000;
const LIVE = 50;
const NEW_PER_SECOND = 5;

let product: Product;
let api: Api;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  await api.upload('prompt', wavOf(speech(10, 5)));
  await api.deploy(waitingRoom('waiting'), '1000');
  await api.deploy(
    scenario('music', {
      answer: node('answer', {}, { answered: 'play' }),
      play: node('play', { prompt: [{ play: 'prompt' }], loop: 100 }, { done: 'bye' }),
      bye: node('hang-up'),
    }),
    '2000',
  );
});
afterAll(() => product?.stop());

const memoryMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8'))?.[1]) / 1024;

/** What a caller hears: of all frames since `begin`, how many came. The RTP timestamps say how many there were. */
class Ear {
  private heard = 0;
  private first: number | null = null;
  private last = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('message', (packet) => {
      this.heard += 1;
      this.last = packet.readUInt32BE(4);
      this.first ??= this.last;
    });
  }

  static async open(): Promise<Ear> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new Ear(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  begin(): void {
    this.heard = 0;
    this.first = null;
  }

  get frames(): number {
    return ((this.last - (this.first ?? this.last)) >>> 0) / 160 + 1;
  }

  get share(): number {
    return this.heard / this.frames;
  }

  close(): void {
    this.socket.close();
  }
}

it(`for ${SECONDS} s: live calls keep their sound, new calls come through, memory stays`, async () => {
  const phone = await RawUdp.open(product.sipAddress);
  const calls = [];
  for (let n = 0; n < LIVE; n++) {
    const ear = await Ear.open();
    const call = await RawCall.place(phone, {
      server: product.sipAddress,
      number: '2000',
      // It only listens: nothing is expected from it.
      body: `${offer(ear.port).replace('a=sendrecv\r\n', '')}a=recvonly\r\n`,
    });
    expect(call.final.status).toBe(200);
    calls.push({ call, ear });
  }
  await pause(2_000);
  const before = memoryMb();
  const flooder = spawn(process.execPath, [
    join(import.meta.dirname, '../support/flooder.mjs'),
    ...product.sipAddress.split(':'),
    String(PER_SECOND),
  ]);
  await once(flooder.stdout, 'data');
  try {
    for (const { ear } of calls) ear.begin();
    const newcomers = await sipp({
      scenario: readFileSync(join(import.meta.dirname, '../fixtures/sipp/short-caller.xml'), 'utf8').replaceAll(
        '[service]',
        '1000',
      ),
      server: product.sipAddress,
      calls: SECONDS * NEW_PER_SECOND,
      perSecond: NEW_PER_SECOND,
      timeoutMs: SECONDS * 1000 + 40_000,
    });
    const share = calls.map(({ ear }) => ear.share);
    const grown = memoryMb() - before;
    console.log(
      `E5: ${newcomers.successful} of ${SECONDS * NEW_PER_SECOND} new calls, worst ear heard ${Math.min(...share).toFixed(4)}, ${grown.toFixed(0)} MiB more`,
    );
    expect(newcomers.successful / (SECONDS * NEW_PER_SECOND)).toBeGreaterThanOrEqual(0.99);
    for (const { ear } of calls) expect(ear.frames).toBeGreaterThan(SECONDS * 45);
    expect(Math.min(...share)).toBeGreaterThanOrEqual(0.999);
    expect(grown).toBeLessThan(200);
  } finally {
    flooder.kill();
  }
  for (const { call, ear } of calls) {
    await call.ask('BYE');
    ear.close();
  }
  phone.close();
});
