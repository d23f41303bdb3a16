import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { waitingRoom } from '../fixtures/scenarios.js';
import { eventually, pause } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { Product } from '../support/product.js';
import { header, offer, RawUdp, request, unique } from '../support/raw-sip.js';

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
    const socket = await RawUdp.open(server);
    const caller = new Caller(`c${unique()}`, socket);
    const common = {
      uri: `sip:${number}@${server}`,
      from: socket.address,
      user: caller.user,
      callId: unique(),
      fromTag: unique(),
    };
    await socket.send(request({ ...common, method: 'INVITE', body: offer(40_000) }));
    void caller.follow(common);
    return caller;
  }

  private async follow(common: Omit<Parameters<typeof request>[0], 'method'>): Promise<void> {
    try {
      const reply = await this.socket.saw('200', (message) => message.status === 200, 3_000);
      const toTag = /;tag=([^;\s>]+)/.exec(header(reply, 'To') ?? '')?.[1] ?? '';
      await this.socket.send(request({ ...common, toTag, method: 'ACK' }));
      this.answered = true;
      const bye = await this.socket.saw('BYE', (message) => message.method === 'BYE', 30_000);
      const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(bye, name)}`);
      await this.socket.send(`SIP/2.0 200 OK\r\n${copied.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
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
