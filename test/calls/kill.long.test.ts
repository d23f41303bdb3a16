import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { waitingRoom } from '../fixtures/scenarios.js';
import { eventually, pause } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { Product } from '../support/product.js';
import { RawCall } from '../support/raw-call.js';
import { RawUdp, unique } from '../support/raw-sip.js';

/* kill −9 at any moment under ten calls a second (reliability G1). `KILLS=20 npm run test:long` makes it shorter. */

const KILLS = Number(process.env['KILLS'] ?? 300);
const CALLS_A_SECOND = 10;

/** One caller who stays until hung up, and remembers what happened to the call. */
class Caller {
  answered = false;
  ended = false;
  private constructor(
    readonly user: string,
    private readonly socket: RawUdp,
  ) {}

  static async call(server: string, number: string): Promise<Caller> {
    const caller = new Caller(`c${unique()}`, await RawUdp.open(server));
    void caller.follow(server, number);
    return caller;
  }

  private async follow(server: string, number: string): Promise<void> {
    try {
      const call = await RawCall.place(this.socket, { server, number, user: this.user }, 3_000);
      this.answered = call.final.status === 200;
      await call.endedByFarEnd(30_000);
      this.ended = true;
    } catch {
      // Killed before it answered, or no BYE came: the flags say which.
    }
  }

  close(): void {
    this.socket.close();
  }
}

it(`loses no answered call in ${KILLS} kills, doubles none, leaves no ghost, and says goodbye`, async () => {
  const sipPort = String(await freePort());
  let product = await Product.start({ env: { SIP_PORT: sipPort } });
  const { dataDir } = product;
  try {
    await (await product.admin()).deploy(waitingRoom('waiting'), '1000');
    for (let round = 0; round < KILLS; round++) {
      const callers: Caller[] = [];
      const until = performance.now() + 500 + Math.random() * 2_500;
      while (performance.now() < until) {
        callers.push(await Caller.call(product.sipAddress, '1000'));
        await pause(1_000 / CALLS_A_SECOND);
      }
      await product.kill('SIGKILL');
      product = await Product.start({ dataDir, env: { SIP_PORT: sipPort } });
      const api = await product.admin();
      const answered = callers.filter((caller) => caller.answered);
      await eventually(`round ${round}: no ghost`, async () => (await api.liveCalls()).length === 0, 10_000);
      for (const { user } of answered) {
        const stored = await api.calls(`?from=${user}`);
        expect(stored, `round ${round}: ${user}`).toHaveLength(1);
        expect(stored[0]).toMatchObject({ state: 'ended', cause: 'interrupted' });
      }
      await eventually(
        `round ${round}: every answered caller got a BYE`,
        () => answered.every((caller) => caller.ended),
        10_000,
      );
      for (const caller of callers) caller.close();
    }
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
